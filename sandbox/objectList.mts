import type { Call } from './http.mts';
import { detail } from './http.mts';

const defaultPageSize = 25;
const maxPageSize = 100_000;

export interface Page<T> {
	rows: T[];
	/** Position of the first row in the whole result. */
	start: number;
	envelope: { count: number; next: string | null; previous: string | null; all?: number[] };
}

export function paginate<T>(call: Call, rows: readonly T[], idOf: (row: T) => number): Page<T> {
	const size = pageSize(call.query.get('page_size'));
	const pages = Math.max(1, Math.ceil(rows.length / size));
	const page = pageNumber(call.query.get('page'), pages);
	const start = (page - 1) * size;
	const link = (to: number): string => {
		const query = call.query.with('page', to === 1 ? undefined : String(to));
		return `${call.origin}${call.path}${query === '' ? '' : `?${query}`}`;
	};
	return {
		start,
		rows: rows.slice(start, start + size),
		envelope: {
			count: rows.length,
			next: page < pages ? link(page + 1) : null,
			previous: page > 1 ? link(page - 1) : null,
			...(call.apiVersion < 10 && { all: rows.map(idOf) }),
		},
	};
}

function pageSize(text: string | undefined): number {
	const size = Number(text);
	return text !== undefined && /^\d+$/.test(text) && size > 0
		? Math.min(size, maxPageSize)
		: defaultPageSize;
}

function pageNumber(text: string | undefined, pages: number): number {
	if (text === undefined || text === '') return 1;
	if (text === 'last') return pages;
	const page = /^\d+$/.test(text) ? Number(text) : 0;
	return page >= 1 && page <= pages ? page : detail(404, 'Invalid page.');
}

export type SortKey = string | number | boolean | null;
export type Sortings<T> = Record<string, (row: T) => SortKey>;

/** Sorts like SQLite: empty values before all others, capital letters before small letters. */
export function compareKeys(a: SortKey, b: SortKey): number {
	if (a === b) return 0;
	if (a === null) return -1;
	if (b === null) return 1;
	return a < b ? -1 : 1;
}

/** Ignores unknown names, as the server does. */
export function orderBy<T>(
	rows: T[],
	wish: string | undefined,
	sortings: Sortings<T>,
): T[] | undefined {
	const keys = (wish ?? '')
		.split(',')
		.map((name) => name.trim())
		.flatMap((name) => {
			const key = sortings[name.replace(/^-/, '')];
			return key ? [{ key, sign: name.startsWith('-') ? -1 : 1 }] : [];
		});
	if (keys.length === 0) return undefined;
	return rows.toSorted((a, b) => {
		for (const { key, sign } of keys) {
			const order = compareKeys(key(a), key(b));
			if (order !== 0) return order * sign;
		}
		return 0;
	});
}

export function groupedBy<T, K>(rows: Iterable<T>, keyOf: (row: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const row of rows) {
		const key = keyOf(row);
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	return groups;
}
