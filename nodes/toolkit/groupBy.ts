import { grouped } from '../api/grouped';

/** Groups what has equal keys, in the order of first appearance. Keys are compared by their JSON. */
export const groupBy = <T>(all: readonly T[], keyOf: (one: T) => unknown): Array<[T, ...T[]]> => [
	...grouped(all, (one) => JSON.stringify(keyOf(one))).values(),
];
