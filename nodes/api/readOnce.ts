import { asError } from './errors';
import type { Page } from './readPage';

/** Pages read at once: more gains nothing on a server with its usual single worker. */
const concurrentPages = 4;

/**
 * Some filters repeat rows so often that pages bring nothing new (docs/paperless-api.md#repeated-rows).
 * A server that goes on repeating them would be read for ever.
 */
const maxIdlePages = 10;

type Reading<T> = {
	rows: Map<number, T>;
	/** The number of all rows, by the first page. */
	count: number;
	/** Whether the number of rows stayed the same. */
	isSteady: boolean;
};

/**
 * Reads a list once from its first page on, until it has `limit` rows or the pages end. How many
 * pages there can be follows from the rows that came and their announced number together: neither a
 * number nor `more` makes the client go on alone.
 */
export async function readOnce<T extends { id: number }>(
	read: (page: number) => Promise<Page<T>>,
	limit: number,
): Promise<Reading<T>> {
	const pages = new Map<number, Page<T>>();
	const seen = new Set<number>();
	let idle = 0;
	let isEnded = false;
	const take = async (page: number) => {
		const taken = await read(page).then(
			(reply) => reply,
			(thrown: unknown) => {
				isEnded = true;
				throw asError(thrown);
			},
		);
		const before = seen.size;
		for (const { id } of taken.results) seen.add(id);
		idle = seen.size > before ? 0 : idle + 1;
		isEnded ||= idle >= maxIdlePages;
		pages.set(page, taken);
		return taken;
	};

	const first = await take(1);
	const perPage = first.results.length;
	const pagesFor = (rows: number) => (perPage > 0 && first.more ? Math.ceil(rows / perPage) : 1);
	const wanted = pagesFor(Math.min(limit, first.count));
	let page = 1;
	const work = async () => {
		while (page < wanted && !isEnded) {
			page += 1;
			await take(page);
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrentPages, wanted - 1) }, work));

	const most = () => pagesFor(Math.max(...[...pages.values()].map(({ count }) => count)));
	while (seen.size < limit && pages.get(page)?.more && page < most() && !isEnded) {
		page += 1;
		await take(page);
	}

	const inOrder = [...pages].sort(([a], [b]) => a - b).map(([, taken]) => taken);
	return {
		count: first.count,
		rows: new Map(inOrder.flatMap(({ results }) => results).map((row) => [row.id, row])),
		isSteady: inOrder.every(({ count }) => count === first.count),
	};
}
