import type { Connection, Schema } from './connection';
import type { Query } from './httpTransport';
import type { Page } from './readPage';
import { readPage } from './readPage';
import { readOnce } from './readOnce';

export type ListOptions = {
	/** Rows per page; the server's own maximum is 100,000. */
	pageSize: number;
	/** Rows wanted; all of them when left out. */
	limit?: number | undefined;
	/** Told how many rows there are without the limit. */
	onCount?: (count: number) => void;
};

const maxPasses = 3;

/**
 * Reads rows in the server's order, each once, although some filters repeat them
 * (docs/paperless-api.md#repeated-rows). Pages are requested by number, never by the server's
 * `next`, whose host is wrong behind many proxies. When the count changes during the reading, rows
 * may have moved from an unread page to a page that was read, so the list is read again. A first page
 * that the caller has read with this size of page is not requested once more.
 */
export async function readAll<T extends { id: number }>(
	connection: Connection,
	path: string,
	query: Query,
	listSchema: Schema<T[]>,
	{ pageSize, limit = Number.POSITIVE_INFINITY, onCount }: ListOptions,
	first?: Page<T>,
): Promise<T[]> {
	if (limit <= 0) return [];
	const size = Math.min(pageSize, limit);
	let known = first;
	const read = async (page: number) => {
		const given = page === 1 ? known : undefined;
		if (given) known = undefined;
		return given ?? (await readPage(connection, path, query, listSchema, page, size));
	};
	let found = new Map<number, T>();
	for (let pass = 0; pass < maxPasses; pass += 1) {
		const { rows, count, isSteady } = await readOnce(read, limit);
		onCount?.(count);
		if (isSteady) return [...rows.values()].slice(0, limit);
		const missed = [...found].filter(([id]) => !rows.has(id));
		found = new Map([...rows, ...missed]);
	}
	return [...found.values()].slice(0, limit);
}
