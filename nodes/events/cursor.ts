import { lookBack } from './lookBack';
import { RangeSet } from './rangeSet';
import { microsecondsOf, stampOf } from './stamps';
import type { Ties } from './ties';
import { withTie } from './ties';

/** The part of a row of the server's list that shows when it changed. */
export type Row = { id: number; modified: string };

/** A row that was not read before; `isNew` when its id was not read before either. */
export type Change<T extends Row = Row> = { row: T; isNew: boolean };

/**
 * The position in the stream of changes. Every change moves `modified`, but a change may become
 * visible minutes after its stamp (docs/paperless-api.md#late-changes). So a poll looks back, and
 * `recent` tells what earlier polls have read there.
 */
export type Cursor = {
	/** The latest `modified` that was read, in UTC; never in the server's future. */
	horizon: string;
	/** No change up to this stamp can still appear; it is never requested again. */
	settled: string;
	/** When the horizon moved last, by n8n's clock in milliseconds. Only differences count. */
	movedAt: number;
	/** `modified` in microseconds by id, of rows within the look-back or in the server's future. */
	recent: Readonly<Record<string, string>>;
	/** Rows within the look-back of which `recent` would have too many. */
	ties: Ties;
	/** Every id that is not new: ids from before the start, and ids that were read since. */
	known: string;
	/** The server's time at the start, when it was known. Ids that were hidden then are known as well. */
	startedAt?: string | undefined;
};

/** The time by two clocks. The server's is unknown until it has replied. */
export type Clocks = {
	/** By n8n's clock, in milliseconds. */
	now: number;
	/** By the server's clock, in microseconds. */
	serverNow?: bigint | undefined;
};

export const cursorAt = (horizon: string, known: RangeSet, now: number): Cursor => ({
	horizon: stampOf(microsecondsOf(horizon)),
	settled: stampOf(microsecondsOf(horizon) - lookBack),
	movedAt: now,
	recent: {},
	ties: {},
	known: known.toString(),
});

/**
 * The cursor after so many rows with this stamp, more than fit on a page, were read. At the start they
 * are only counted, and `known` are the ids of which a row with this stamp counts as read.
 */
export function behindTie(cursor: Cursor, modified: string, count: number, known = ''): Cursor {
	const stamp = String(microsecondsOf(modified));
	const rows = Object.entries(cursor.recent);
	const ids = rows.filter(([, at]) => at === stamp).map(([id]) => Number(id));
	return {
		...cursor,
		recent: Object.fromEntries(rows.filter(([, at]) => at !== stamp)),
		ties: withTie(cursor.ties, modified, count, ids, known),
	};
}
