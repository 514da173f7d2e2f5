import { isRecord } from '../api/json';
import type { Json } from './operation';

const isEmpty = (value: unknown): boolean =>
	value === null ||
	value === undefined ||
	value === '' ||
	(typeof value === 'object' && Object.keys(value).length === 0);

function compact(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(compact);
	return isRecord(value) ? withoutEmpty(value) : value;
}

/** Drops empty values at every depth. List entries are kept because their position may matter. */
export const withoutEmpty = (json: Json): Json =>
	Object.fromEntries(
		Object.entries(json)
			.map(([name, value]) => [name, compact(value)] as const)
			.filter(([, value]) => !isEmpty(value)),
	);
