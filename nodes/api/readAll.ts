import pLimit from 'p-limit';
import { z } from 'zod';
import type { Connection } from './connection';
import type { Query } from './httpTransport';

export type ListOptions = {
	/** Rows a page; the server's own maximum is 100,000. */
	pageSize: number;
	/** Rows wanted; all of them when left out. */
	limit?: number | undefined;
};

/** Pages read at once: more gains nothing on a server with its usual one worker. */
const concurrentPages = 4;
const maxPasses = 3;

type Row = { id: number };

const pageOf = <T>(row: z.ZodType<T, z.ZodTypeDef, unknown>) =>
	z.object({ count: z.number(), next: z.string().nullish(), results: z.array(row) });

export type Page<T> = { count: number; results: T[]; more: boolean };

/** One page by its number, with the count of all rows. Source: paperless-api §2.1. */
export async function readPage<T>(
	connection: Connection,
	path: string,
	query: Query,
	row: z.ZodType<T, z.ZodTypeDef, unknown>,
	page: number,
	pageSize: number,
): Promise<Page<T>> {
	const paging = { page: String(page), page_size: String(pageSize) };
	const asked = { ...query, ...paging };
	// A page past the end is a 404: the list became shorter since its first page was read.
	const reply =
		page === 1
			? await connection.get(path, asked, pageOf(row))
			: await connection.find(path, asked, pageOf(row));
	const { count = 0, results = [], next } = reply ?? {};
	return { count, results, more: Boolean(next) };
}

/**
 * Rows in the server's order, each once, though some filters repeat them (trap 48). Pages are
 * asked for by number, never by the server's `next`, whose host is wrong behind many proxies. When
 * the count changes while pages are being read, rows may have slipped from an unread page to a read
 * one: then the list is read again.
 */
export async function readAll<T extends Row>(
	connection: Connection,
	path: string,
	query: Query,
	row: z.ZodType<T, z.ZodTypeDef, unknown>,
	{ pageSize, limit = Number.POSITIVE_INFINITY }: ListOptions,
): Promise<T[]> {
	if (limit <= 0) return [];
	const size = Math.min(pageSize, limit);
	const read = async (page: number) => await readPage(connection, path, query, row, page, size);
	let found = new Map<number, T>();
	for (let pass = 0; pass < maxPasses; pass += 1) {
		const first = await read(1);
		const wanted = Math.min(limit, first.count);
		const pages = first.more ? Math.ceil(wanted / size) : 1;
		const atOnce = pLimit(concurrentPages);
		const others = await Promise.all(
			Array.from(
				{ length: pages - 1 },
				async (_, index) => await atOnce(async () => await read(index + 2)),
			),
		);
		const rows = new Map<number, T>();
		const add = ({ results }: Page<T>) => results.forEach((result) => rows.set(result.id, result));
		const all = [first, ...others];
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
