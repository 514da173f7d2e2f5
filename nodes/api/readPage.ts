import { z } from 'zod';
import type { Connection, Schema } from './connection';
import type { Query } from './httpTransport';
import { rowCount } from './schemas/rowCount';

export type Page<T> = { count: number; results: T[]; more: boolean };

const pageOf = <T>(results: Schema<T[]>) =>
	z.object({ count: rowCount, next: z.string().nullish(), results });

/**
 * Reads one page by its number. `count` is the number of rows on all pages
 * (docs/paperless-api.md#pages).
 */
export async function readPage<T>(
	connection: Connection,
	path: string,
	query: Query,
	listSchema: Schema<T[]>,
	page: number,
	pageSize: number,
): Promise<Page<T>> {
	const paging = { page: String(page), page_size: String(pageSize) };
	const fullQuery = { ...query, ...paging };
	// A page past the end is a 404: the list became shorter since its first page was read.
	const reply =
		page === 1
			? await connection.get(path, fullQuery, pageOf(listSchema))
			: await connection.find(path, fullQuery, pageOf(listSchema));
	const { count = 0, results = [], next } = reply ?? {};
	return { count, results, more: Boolean(next) };
}
