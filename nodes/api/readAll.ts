import pLimit from 'p-limit';
import type { Connection, Schema } from './connection';
import type { Query } from './httpTransport';
import type { Page } from './readPage';
import { readPage } from './readPage';

export type ListOptions = {
	/** Rows per page; the server's own maximum is 100,000. */
	pageSize: number;
	/** Rows wanted; all of them when left out. */
	limit?: number | undefined;
};

/** Pages read at once: more gains nothing on a server with its usual single worker. */
const concurrentPages = 4;
const maxPasses = 3;

/**
 * Reads rows in the server's order, each once, although some filters repeat them
 * (docs/paperless-api.md#repeated-rows). Pages are requested by number, never by the server's
 * `next`, whose host is wrong behind many proxies. When the count changes during the reading, rows
 * may have moved from an unread page to a page that was read, so the list is read again.
 */
export async function readAll<T extends { id: number }>(
	connection: Connection,
	path: string,
	query: Query,
	listSchema: Schema<T[]>,
	{ pageSize, limit = Number.POSITIVE_INFINITY }: ListOptions,
): Promise<T[]> {
	if (limit <= 0) return [];
	const size = Math.min(pageSize, limit);
	const atOnce = pLimit(concurrentPages);
	const read = (page: number) => readPage(connection, path, query, listSchema, page, size);
	let found = new Map<number, T>();
	for (let pass = 0; pass < maxPasses; pass += 1) {
		const first = await read(1);
		const wanted = Math.min(limit, first.count);
		const pages = first.more ? Math.ceil(wanted / size) : 1;
		const rest = await Promise.all(
			Array.from({ length: pages - 1 }, (_, index) => atOnce(() => read(index + 2))),
		);
		const rows = new Map<number, T>();
		const add = ({ results }: Page<T>) => results.forEach((result) => rows.set(result.id, result));
		const all = [first, ...rest];
		all.forEach(add);
		while (rows.size < limit && all.at(-1)?.more) {
			const next = await read(all.length + 1);
			all.push(next);
			add(next);
		}
		const missed = [...found].filter(([id]) => !rows.has(id));
		if (all.every(({ count }) => count === first.count)) return [...rows.values()].slice(0, limit);
		found = new Map([...rows, ...missed]);
	}
	return [...found.values()].slice(0, limit);
}
