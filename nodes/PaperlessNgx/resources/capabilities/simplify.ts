import { namer } from '../../../documents/output/namer';
import type { Context, Json, Output } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';

/** The switch of operations that put out objects, in n8n’s own words. An agent has no choice: it pays for every word. */
export const simplifyParameter = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	displayOptions: { hide: { '@tool': [true] } },
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
} as const satisfies Parameter;

/** What only the server’s own pages, or a change of the object, need. */
const technical = ['is_insensitive', 'slug', 'text_color', 'user_can_change'];

/** The key of the ids that this key has the names of: `owner` of `owner_name`, `assign_tags` of `assign_tag_names`. */
function idsOf(key: string): string | undefined {
	const [, one, several] = /^(?:(.+)_name|(.+)_names)$/.exec(key) ?? [];
	return one ?? (several === undefined ? undefined : `${several}s`);
}

/** Names take the place of the ids that they stand beside. An id without a name stays. */
function namedInPlace(json: Json): Json {
	const named = Object.entries(json).flatMap(([key, name]): Array<[string, string, unknown]> => {
		const ids = idsOf(key);
		return ids !== undefined && ids in json ? [[key, ids, name ?? json[ids]]] : [];
	});
	const replaced = new Set(named.map(([key]) => key));
	return {
		...Object.fromEntries(Object.entries(json).filter(([key]) => !replaced.has(key))),
		...Object.fromEntries(named.map(([, ids, name]) => [ids, name])),
	};
}

/** The values of an object as people use them: names instead of ids, and nothing technical. */
async function simplify(
	context: Context,
	objects: readonly Json[],
	more: readonly string[],
): Promise<Json[]> {
	const dropped = new Set([...technical, ...more]);
	const named = objects.map(namedInPlace);
	const nameOf = await namer(
		context,
		'user',
		named.map(({ owner }) => owner),
	);
	return named.map((json) =>
		Object.fromEntries(
			Object.entries(json).flatMap(([key, value]) =>
				dropped.has(key) ? [] : [[key, key === 'owner' ? nameOf(value) : value]],
			),
		),
	);
}

/** Whether the user wants simplified output; an agent always does. */
export const isSimplified = ({ forModel }: Context, { simple }: { simple: boolean }): boolean =>
	simple || forModel;

/** The output items for objects, simplified or as they are. `more` are further keys to leave out. */
export async function shown(
	context: Context,
	objects: readonly Json[],
	isSimple: boolean,
	more: readonly string[] = [],
): Promise<Output[]> {
	const all = isSimple ? await simplify(context, objects, more) : objects;
	return all.map((json) => ({ json }));
}
