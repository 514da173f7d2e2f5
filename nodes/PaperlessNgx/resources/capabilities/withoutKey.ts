import type { Json } from '../../../toolkit/operation';

/** Presents a row without one of its keys. */
export const withoutKey =
	(key: string) =>
	(row: Json): Json =>
		Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));
