import type { Change, Clocks, Cursor, Row } from './cursor';
import { lookBack } from './lookBack';
import { RangeSet } from './rangeSet';
import { withinLimit } from './settle';
import { microsecondsOf, stampOf } from './stamps';
import { membersOf, tiesAfter } from './ties';

/**
 * Ids ascend, so gaps are documents that were deleted or hidden. Beyond this many, those between the
 * lowest ids are closed: a document there that appears after all does not count as new.
 */
const maxRanges = 10_000;

/**
 * Reads rows in order of `modified`. Returns the changes among them, the rows left unread after
 * `maxChanges`, and the cursor behind what was read. The horizon never moves past the server's
 * clock: a stamp that a wrong clock set in the future would hide all changes before it.
 */
export function readRows<T extends Row>(
	cursor: Cursor,
	rows: readonly T[],
	{ now, serverNow }: Clocks,
	maxChanges = Number.POSITIVE_INFINITY,
): { cursor: Cursor; changes: Array<Change<T>>; unread: readonly T[] } {
	const recent = new Map(Object.entries(cursor.recent));
	const known = RangeSet.parse(cursor.known);
	const isTied = membersOf(cursor.ties);
	const read = new Set<number>();
	let horizon = microsecondsOf(cursor.horizon);
	let unread: readonly T[] = [];
	const changes: Array<Change<T>> = [];
	for (const [at, row] of rows.entries()) {
		const modified = microsecondsOf(row.modified);
		const wasRead = recent.get(String(row.id)) === String(modified) || isTied(row.id, modified);
		if (!wasRead && changes.length >= maxChanges) {
			unread = rows.slice(at);
			break;
		}
		const isFuture = serverNow !== undefined && modified > serverNow;
		if (modified > horizon && !isFuture) horizon = modified;
		if (wasRead) continue;
		changes.push({ row, isNew: !known.has(row.id) && !read.has(row.id) });
		read.add(row.id);
		recent.set(String(row.id), String(modified));
	}
	const kept = [...recent].filter(([, modified]) => BigInt(modified) >= horizon - lookBack);
	return {
		changes,
		unread,
		cursor: withinLimit({
			...cursor,
			horizon: stampOf(horizon),
			recent: Object.fromEntries(kept),
			ties: tiesAfter(cursor.ties, horizon - lookBack - 1n),
			movedAt: changes.length > 0 ? now : cursor.movedAt,
			known: known.with(read).within(maxRanges).toString(),
		}),
	};
}
