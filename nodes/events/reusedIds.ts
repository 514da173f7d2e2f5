import type { Clocks, Cursor, Row } from './cursor';
import { RangeSet } from './rangeSet';
import { microsecondsOf } from './stamps';

/** A row with the stamp of its creation, which no change moves. */
export type DatedRow = Row & { added?: string | undefined };

/**
 * The known ids that belong to other documents now: a server that was restored from a backup, or set
 * up anew, uses its ids again (docs/paperless-api.md#document-ids). A document that was read before was
 * added before the latest change that was read, which is `since`, and one that was hidden at the start
 * before that.
 */
export function reusedIds(
	{ known, recent, startedAt }: Cursor,
	rows: readonly DatedRow[],
	since: string,
	{ serverNow }: Clocks,
): number[] {
	const ids = RangeSet.parse(known);
	const start = microsecondsOf(startedAt ?? since);
	const isReused = ({ id, added }: DatedRow): boolean => {
		if (added === undefined || !ids.has(id)) return false;
		const at = microsecondsOf(added);
		const isFuture = serverNow !== undefined && at > serverNow;
		const isLater = at > BigInt(recent[String(id)] ?? microsecondsOf(since));
		return !isFuture && isLater && at > start;
	};
	return rows.filter(isReused).map(({ id }) => id);
}
