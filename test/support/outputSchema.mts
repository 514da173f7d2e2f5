/** What n8n reads of a JSON schema. */
export type OutputSchema = {
	type: string | string[];
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const typeOf = (value: unknown): string => (value === null ? 'null' : typeof value);

/** The types that occur, null at the end: n8n shows the first. */
function typesOf(values: readonly unknown[]): string | string[] {
	const types = [...new Set(values.map(typeOf))];
	const sorted = [
		...types.filter((type) => type !== 'null'),
		...types.filter((type) => type === 'null'),
	];
	const [first = 'null'] = sorted;
	return sorted.length > 1 ? sorted : first;
}

/**
 * The shape of these values together, with keys in the order in which they first occur. An object
 * whose key is `named` has keys that people gave, which say nothing about other servers.
 *
 * n8n shows what is in an object or an array only where its type is not a list, so they are not said
 * to be nullable (docs/n8n.md#output-schemas).
 */
export function outputSchema(
	values: readonly unknown[],
	named: ReadonlySet<string> = new Set(),
	key = '',
): OutputSchema {
	const objects = values.filter(isObject);
	if (objects.length > 0) {
		if (named.has(key)) return { type: 'object' };
		const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
		const properties = keys.map((name) => {
			const present = objects.flatMap((object) => (name in object ? [object[name]] : []));
			return [name, outputSchema(present, named, name)];
		});
		return { type: 'object', properties: Object.fromEntries(properties) };
	}
	const arrays = values.filter((value): value is unknown[] => Array.isArray(value));
	if (arrays.length === 0) return { type: typesOf(values) };
	const items = arrays.flat();
	return items.length === 0
		? { type: 'array' }
		: { type: 'array', items: outputSchema(items, named) };
}

/** The text of the file for a schema, as this package formats it. */
export const schemaFile = (schema: OutputSchema): string =>
	`${JSON.stringify({ ...schema, version: 1 }, null, '\t').replace(
		/\[\s+("[^[\]]+")\s+\]/g,
		(_, names: string) => `[${names.replace(/,\s+/g, ', ')}]`,
	)}\n`;
