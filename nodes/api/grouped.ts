/** Groups what has equal keys, in the order of first appearance. */
export function grouped<Key, T>(all: readonly T[], keyOf: (one: T) => Key): Map<Key, [T, ...T[]]> {
	const groups = new Map<Key, [T, ...T[]]>();
	for (const one of all) {
		const key = keyOf(one);
		const group = groups.get(key);
		if (group) group.push(one);
		else groups.set(key, [one]);
	}
	return groups;
}
