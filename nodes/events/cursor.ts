import { RangeSet } from './rangeSet';
import { microsecondsOf, stampOf } from './stamps';

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
	/** Every id that is not new: ids from before the start, and ids that were read since. */
	known: string;
};

/** The time by two clocks. The server's is unknown until it has replied. */
export type Clocks = {
	/** By n8n's clock, in milliseconds. */
	now: number;
	/** By the server's clock, in microseconds. */
	serverNow?: bigint | undefined;
};

/** A change that waited for a lock of the server appeared 155 s late; nothing limits such a wait. */
const lookBackSeconds = 15 * 60;

/** At least this much, however many rows that is. */
const leastLookBack = 60n * 1_000_000n;

/** Beyond this many rows a poll would spend its time on what it has already read. */
const maxRecent = 5000;

/**
 * Ids ascend, so gaps are documents that were deleted or hidden. Beyond this many, those between the
 * lowest ids are closed: a document there that appears after all does not count as new.
 */
const maxRanges = 10_000;

/** In microseconds. */
export const lookBack = BigInt(lookBackSeconds) * 1_000_000n;

export const cursorAt = (horizon: string, known: RangeSet, now: number): Cursor => ({
	horizon: stampOf(microsecondsOf(horizon)),
	settled: stampOf(microsecondsOf(horizon) - lookBack),
	movedAt: now,
	recent: {},
	known: known.toString(),
});

/**
 * The first query of a poll. It starts slightly before the horizon, as long as late changes may
 * still appear there.
 */
export function firstQuery({ horizon, settled }: Cursor): Record<string, string> {
	const start = microsecondsOf(horizon) - lookBack;
	return start > microsecondsOf(settled)
		? { modified__gte: stampOf(start) }
		: { modified__gt: settled };
}

/** The next query within a poll. It includes the last row, whose stamp other rows may share. */
export const nextQuery = (last: Row): Record<string, string> => ({
	modified__gte: stampOf(microsecondsOf(last.modified)),
});

const laterThan = (stamp: string, recent: Cursor['recent']): Cursor['recent'] =>
	Object.fromEntries(
		Object.entries(recent).filter(([, modified]) => BigInt(modified) > microsecondsOf(stamp)),
	);

/**
 * The cursor after a poll that read to the end. Changes settle only after a poll has looked back
 * at them: polls may be farther apart than the look-back. Either clock may have been set, so both
 * must show that the time has passed.
 */
export const settle = (cursor: Cursor, { now, serverNow }: Clocks): Cursor =>
	Math.abs(now - cursor.movedAt) > lookBackSeconds * 1000 &&
	(serverNow === undefined || serverNow - microsecondsOf(cursor.horizon) > lookBack)
		? { ...cursor, settled: cursor.horizon, recent: laterThan(cursor.horizon, cursor.recent) }
		: cursor;

/** Settles the oldest of too many recent rows, but none of the last minute. */
function withinLimit(
	settled: string,
	recent: Cursor['recent'],
	horizon: bigint,
): Pick<Cursor, 'settled' | 'recent'> {
	const stamps = Object.values(recent)
		.map(BigInt)
		.sort((a, b) => (a < b ? -1 : Number(a > b)));
	const newestOfSurplus = stamps[stamps.length - maxRecent - 1];
	if (newestOfSurplus === undefined) return { settled, recent };
	const limit = horizon - leastLookBack;
	const end = stampOf(newestOfSurplus < limit ? newestOfSurplus : limit);
	return end > settled ? { settled: end, recent: laterThan(end, recent) } : { settled, recent };
}

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
	const read = new Set<number>();
	let horizon = microsecondsOf(cursor.horizon);
	let unread: readonly T[] = [];
	const changes: Array<Change<T>> = [];
	for (const [at, row] of rows.entries()) {
		const modified = microsecondsOf(row.modified);
		const wasRead = recent.get(String(row.id)) === String(modified);
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
		cursor: {
			horizon: stampOf(horizon),
			...withinLimit(cursor.settled, Object.fromEntries(kept), horizon),
			movedAt: changes.length > 0 ? now : cursor.movedAt,
			known: known.with(read).within(maxRanges).toString(),
		},
	};
}
