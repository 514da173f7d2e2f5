import { PaperlessError } from '../../api/errors';
import type { Query } from '../../api/httpTransport';
import type { Change, Cursor, Row } from '../../events/cursor';
import { cursorAt, firstQuery, lookBack, nextQuery, readRows, settle } from '../../events/cursor';
import { RangeSet } from '../../events/rangeSet';
import { microsecondsOf, stampOf } from '../../events/stamps';
import type { Context } from '../../toolkit/operation';
import { clocksOf } from '../clocksOf';
import { rowFields, rowsOf } from './matchingRows';

const rowsPerPage = 1000;

/** The server sends no larger page. */
const maxRowsPerPage = 100_000;

const endless = ({ modified }: Row) =>
	new PaperlessError('unexpectedReply', 'The list of changed documents does not end', {
		description: `Paperless-ngx, or a proxy in front of it, repeats the documents that were changed at ${modified} and says that more follow.`,
	});

async function fetchPage({ api }: Context, position: Query, size: number) {
	const query = { ...position, ordering: 'modified,id', fields: rowFields };
	const { results, more } = await api.documents.page(query, 1, size);
	return { rows: rowsOf(results), more };
}

async function fetchFirst({ api }: Context, query: Query): Promise<Row | undefined> {
	const [row] = rowsOf(await api.documents.list({ ...query, fields: rowFields }, { limit: 1 }));
	return row;
}

/** Changes in order of `modified`, with the cursor behind them. */
export type Portion = { cursor: Cursor; changes: Change[] };

/**
 * Yields all changes since the cursor in portions of `size` changes. When the deadline (n8n's
 * clock, milliseconds) has passed, the rest of each page is a portion. Each page starts at the last
 * row of the page before: a row that changes meanwhile moves to the end of the list and is read
 * there, and no row is skipped.
 */
export async function* changesSince(
	context: Context,
	start: Cursor,
	deadline: number,
	size: number,
): AsyncGenerator<Portion> {
	let cursor = start;
	let changes: Portion['changes'] = [];
	let position: Query = firstQuery(start);
	let pageSize = rowsPerPage;
	for (;;) {
		const { rows, more } = await fetchPage(context, position, pageSize);
		let unread: readonly Row[] = rows;
		do {
			const read = readRows(cursor, unread, clocksOf(context), size - changes.length);
			({ cursor, unread } = read);
			for (const change of read.changes) changes.push(change);
			if (unread.length > 0 || context.now() > deadline) {
				yield { cursor, changes };
				changes = [];
			}
		} while (unread.length > 0);
		const last = rows.at(-1);
		if (!more || last === undefined) {
			yield { cursor: settle(cursor, clocksOf(context)), changes };
			return;
		}
		const next: Query = nextQuery(last);
		// More rows than fit on a page share one stamp: only a larger page gets past them.
		if (JSON.stringify(next) === JSON.stringify(position)) {
			if (pageSize >= maxRowsPerPage) throw endless(last);
			pageSize = Math.min(pageSize * 2, maxRowsPerPage);
		}
		position = next;
	}
}

/**
 * The ids that are not new. While files are being consumed, a document may become visible after one
 * with a higher id, so a gap between the latest ids may be a new document.
 */
async function knownIds(context: Context, at: bigint): Promise<RangeSet> {
	const start = stampOf(at - lookBack);
	const older = await fetchFirst(context, { added__lt: start, ordering: '-id' });
	const query = { added__gte: start, fields: rowFields, ordering: 'id' };
	const latest = rowsOf(await context.api.documents.list(query));
	return RangeSet.parse(older ? `1-${older.id}` : '').with(latest.map(({ id }) => id));
}

/** Before all documents if they are to be reported, otherwise behind everything that exists now. */
export async function startCursor(context: Context, emitExisting: boolean): Promise<Cursor> {
	const beginning = cursorAt('1970-01-01T00:00:00Z', RangeSet.empty, context.now());
	if (emitExisting) return beginning;
	const lastChanged = await fetchFirst(context, { ordering: '-modified,-id' });
	if (lastChanged === undefined) return beginning;
	const { now, serverNow } = clocksOf(context);
	const changedAt = microsecondsOf(lastChanged.modified);
	const isFuture = serverNow !== undefined && changedAt > serverNow;
	const known = await knownIds(context, serverNow ?? changedAt);
	const horizon = isFuture ? stampOf(serverNow) : lastChanged.modified;
	let cursor = cursorAt(horizon, known, now);
	if (serverNow !== undefined && serverNow - microsecondsOf(horizon) > lookBack) {
		return { ...cursor, settled: cursor.horizon };
	}
	const all = changesSince(context, cursor, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
	for await (const portion of all) ({ cursor } = portion);
	return cursor;
}
