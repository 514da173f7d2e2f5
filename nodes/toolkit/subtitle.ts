import type { Resource } from './operation';

/** An expression that looks up the label of a stored value. */
const labelOf = (labels: ReadonlyArray<readonly [value: string, label: string]>, value: string) =>
	`(${JSON.stringify(Object.fromEntries(labels))})[${value}]`;

/** What the canvas shows below the node, in the words of the panel, e.g. “Get Many: Document”. */
export function subtitleOf(resources: readonly Resource[]): string {
	const operations = resources.flatMap(({ operations }) =>
		operations.map(({ value, name }) => [value, name] as const),
	);
	const names = resources.map(({ value, name }) => [value, name] as const);
	return `={{ ${labelOf(operations, '$parameter["operation"]')} + ": " + ${labelOf(names, '$parameter["resource"]')} }}`;
}

/** The same for one value or several of a parameter of a trigger. */
export const subtitleOfEvents = (
	name: string,
	options: ReadonlyArray<{ name: string; value: string }>,
): string => {
	const labels = options.map(({ value, name: label }) => [value, label] as const);
	return `={{ [$parameter["${name}"]].flat().map((event) => ${labelOf(labels, 'event')}).join(", ") }}`;
};
