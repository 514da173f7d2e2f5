import type { Document } from '../api/schemas/document';
import type { Query } from '../api/transport';
import type { Change, Cursor, Row } from '../events/cursor';
import { firstQuestion, nextQuestion, read, settle, startAt } from '../events/cursor';
import { asksIndex } from '../documents/filters/filtersFrom';
import { microsecondsOf, stampOf } from '../events/instants';
import { RangeSet } from '../events/rangeSet';
import type { Context } from '../toolkit/operation';

const rowsAPage = 1000;

export const light = 'id,modified';

export const rowsOf = (documents: readonly Document[]): Row[] =>
	documents.map(({ id, modified }) => ({ id, modified: String(modified) }));

async function page({ api }: Context, question: Query, size: number) {
	const query = { ...question, ordering: 'modified,id', fields: light };
	const { results, more } = await api.documents.page(query, 1, size);
	return { rows: rowsOf(results), more };
}

async function newest({ api }: Context, ordering: string): Promise<Row | undefined> {
	const [row] = rowsOf(await api.documents.list({ ordering, fields: light }, { limit: 1 }));
	return row;
}

/** The server's clock as its replies tell it, in whole seconds that have begun. */
export const presentOf = ({ api: { serverTime } }: Context): bigint | undefined =>
	serverTime === undefined ? undefined : BigInt(serverTime + 1000) * 1000n;

const tenSeconds = 10_000_000n;
const indexPause = 1500;

/**
 * A search finds a document up to some tenths of a second after the list shows it (paperless-api
 * §6), and whoever is not found is not asked for again.
 */
export async function untilIndexed(
	context: Context,
	query: Query,
	changes: ReadonlyArray<Change<Row>>,
): Promise<void> {
	const from = (presentOf(context) ?? 0n) - tenSeconds;
	const isYoung = changes.some(({ row }) => microsecondsOf(row.modified) > from);
	if (isYoung && asksIndex(query)) await context.api.wait(indexPause);
}

/** Now, with nothing to report of what is there; or the beginning of time, to report it all. */
export async function startCursor(context: Context, emitExisting: boolean): Promise<Cursor> {
	const beginning = startAt('1970-01-01T00:00:00Z', RangeSet.empty, context.now());
	if (emitExisting) return beginning;
	const [lastChanged, highest] = [
		await newest(context, '-modified,-id'),
		await newest(context, '-id'),
	];
	if (lastChanged === undefined || highest === undefined) return beginning;
	const known = RangeSet.parse(`1-${highest.id}`);
	const present = presentOf(context);
	const changed = microsecondsOf(lastChanged.modified);
	const isAhead = present !== undefined && changed > present;
	const horizon = isAhead ? stampOf(present) : lastChanged.modified;
	let cursor = startAt(horizon, known, context.now());
	const all = changesSince(context, cursor, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
	for await (const portion of all) ({ cursor } = portion);
	return cursor;
}

export type Portion = { cursor: Cursor; changes: Array<Change<Row>> };

/**
 * All changes since the cursor, page after page from the last row on: rows that move to the end
 * while they are being read are met again there, and none slips through. They come in portions of
 * so many, or of what there is when the time is up, each with the cursor behind it.
 */
export async function* changesSince(
	context: Context,
	start: Cursor,
	deadline: number,
	portion: number,
): AsyncGenerator<Portion> {
	let cursor = start;
	let changes: Portion['changes'] = [];
	let question: Query = firstQuestion(start);
	let size = rowsAPage;
	for (;;) {
		const { rows, more } = await page(context, question, size);
		let unread: readonly Row[] = rows;
		do {
			const left = portion - changes.length;
			const step = read(cursor, unread, context.now(), presentOf(context), left);
			({ cursor, unread } = step);
			changes.push(...step.changes);
			if (unread.length > 0 || context.now() > deadline) {
				yield { cursor, changes };
				changes = [];
			}
		} while (unread.length > 0);
		const last = rows.at(-1);
		if (!more || last === undefined) {
			yield { cursor: settle(cursor, context.now()), changes };
			return;
		}
		const next: Query = nextQuestion(last);
		// More rows than a page share one stamp: only a larger page gets past them.
		if (JSON.stringify(next) === JSON.stringify(question)) size *= 2;
		question = next;
	}
}
