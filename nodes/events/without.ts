/** The members of a list that are not in the other one. */
export function without<T>(list: readonly T[], gone: Iterable<T>): T[] {
	const left = new Set(gone);
	return list.filter((member) => !left.has(member));
}
