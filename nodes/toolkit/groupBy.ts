/** Groups the items with equal keys, in the order of first appearance. Keys are compared by their JSON. */
export function groupBy<T>(all: readonly T[], keyOf: (one: T) => unknown): T[][] {
	const groups = new Map<string, T[]>();
	for (const one of all) {
		const key = JSON.stringify(keyOf(one));
		const group = groups.get(key);
		if (group) group.push(one);
		else groups.set(key, [one]);
	}
	return [...groups.values()];
}
