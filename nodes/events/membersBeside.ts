/** The members of a list that are not in the other one. */
export function membersBeside<T>(list: readonly T[], other: Iterable<T>): T[] {
	const others = new Set(other);
	return list.filter((member) => !others.has(member));
}
