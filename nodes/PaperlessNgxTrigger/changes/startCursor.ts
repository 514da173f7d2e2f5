import type { Query } from '../../api/httpTransport';
import type { Cursor, Row } from '../../events/cursor';
import { cursorAt } from '../../events/cursor';
import { lookBack, maxRecent } from '../../events/lookBack';
import { firstQuery } from '../../events/queries';
import { settleUpTo } from '../../events/settle';
import { RangeSet } from '../../events/rangeSet';
import { microsecondsOf, stampOf } from '../../events/stamps';
import type { Context } from '../../toolkit/operation';
import { clocksOf } from '../clocksOf';
import { changesSince } from './changesSince';
import { rowFields, rowsOf } from './matchingRows';

/** The server tells its time in whole seconds. */
const second = 1_000_000n;

async function fetchFirst({ api }: Context, query: Query): Promise<Row | undefined> {
	const [row] = rowsOf(await api.documents.list({ ...query, fields: rowFields }, { limit: 1 }));
	return row;
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

/** The latest of the rows that are too many to be looked back at. */
async function newestOfSurplus({ api }: Context, cursor: Cursor): Promise<Row | undefined> {
	const query = { ...firstQuery(cursor), ordering: '-modified,-id', fields: rowFields };
	const { results } = await api.documents.page(query, maxRecent + 1, 1);
	return rowsOf(results)[0];
}

/** Behind everything that exists now; what changed lately counts as read. */
async function behindAll(context: Context, start: Cursor): Promise<Cursor> {
	const surplus = await newestOfSurplus(context, start);
	let cursor = surplus ? settleUpTo(start, microsecondsOf(surplus.modified)) : start;
	const pace = { size: Number.POSITIVE_INFINITY, deadline: Number.POSITIVE_INFINITY };
	const { known } = cursor;
	for await (const portion of changesSince(context, cursor, pace, known)) ({ cursor } = portion);
	return cursor;
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
	const startedAt = serverNow === undefined ? undefined : stampOf(serverNow + second);
	const cursor = { ...cursorAt(horizon, known, now), startedAt };
	const isAtRest = serverNow !== undefined && serverNow - microsecondsOf(horizon) > lookBack;
	return isAtRest ? { ...cursor, settled: cursor.horizon } : await behindAll(context, cursor);
}
