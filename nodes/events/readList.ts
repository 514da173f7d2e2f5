import type { Clocks, Cursor, Row } from './cursor';
import { cursorAt } from './cursor';
import { readRows } from './readRows';
import { lookBack } from './lookBack';
import { RangeSet } from './rangeSet';
import { microsecondsOf } from './stamps';

/**
 * Reads a list that the server cannot filter by time. Rows from before the look-back are skipped,
 * since an earlier poll has read them; so are those that many later rows have settled. Returns the
 * rows that were not read before.
 */
export function readList<T extends Row>(
	cursor: Cursor,
	rows: readonly T[],
	clocks: Clocks,
): { cursor: Cursor; newRows: T[] } {
	const start = microsecondsOf(cursor.horizon) - lookBack;
	const settled = microsecondsOf(cursor.settled);
	const later = rows
		.map((row) => ({ row, at: microsecondsOf(row.modified) }))
		.filter(({ at }) => at >= start && at > settled)
		.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
		.map(({ row }) => row);
	const { cursor: after, changes } = readRows(cursor, later, clocks);
	// Ids prove nothing here, since the same document can be deleted twice; stamps do.
	return { cursor: { ...after, known: '' }, newRows: changes.map(({ row }) => row) };
}

/** A cursor for which every row of the list counts as read. */
export const startList = (rows: readonly Row[], clocks: Clocks): Cursor =>
	readList(cursorAt('1970-01-01T00:00:00Z', RangeSet.empty, clocks.now), rows, clocks).cursor;

/** Marks rows as read that are only a part of the list, so the horizon must not move. */
export const markRead = (cursor: Cursor, rows: readonly Row[]): Cursor => ({
	...cursor,
	recent: {
		...cursor.recent,
		...Object.fromEntries(rows.map(({ id, modified }) => [id, String(microsecondsOf(modified))])),
	},
});
