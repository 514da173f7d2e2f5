import { microsecondsOf, stampOf } from './stamps';
import { RangeSet } from './rangeSet';

/** What a row of the list tells about when it changed. */
export type Row = { id: number; modified: string };

/**
 * How far the stream of changes was read. `modified` moves with every change and is stamped just
 * before the change is committed; still some seconds are looked back, and what was read there is
 * known by `recent` (paperless-api §6).
 */
export type Cursor = {
	/** The latest `modified` that was read, in UTC; nothing that lies in the server's future. */
	horizon: string;
	/** Nothing that was changed up to here is still to come; it is never asked for again. */
	settled: string;
	/** When the horizon moved last, by n8n's clock in milliseconds: only differences of it count. */
	movedAt: number;
	/** `modified` by id, of what was read within the look-back or lies in the future. */
	recent: Readonly<Record<string, string>>;
	/** Every id that is not new: what was there at the start, and what was read since. */
	known: string;
};

export type Change<T extends Row> = { row: T; isNew: boolean };

/** Documents were seen to appear up to 5.7 s late. */
export const lookBackSeconds = 60;

const lookBack = BigInt(lookBackSeconds) * 1_000_000n;

export const startAt = (horizon: string, known: RangeSet, now: number): Cursor => ({
	horizon: stampOf(microsecondsOf(horizon)),
	settled: stampOf(microsecondsOf(horizon) - lookBack),
	movedAt: now,
	recent: {},
	known: known.toString(),
});

/** The stream's first question of a poll: from a little before the horizon on, as far as that may still fill up. */
export function firstQuestion({ horizon, settled }: Cursor): Record<string, string> {
	const lookedBack = microsecondsOf(horizon) - lookBack;
	return lookedBack > microsecondsOf(settled)
		? { modified__gte: stampOf(lookedBack) }
		: { modified__gt: settled };
}

/**
 * For a poll that read to the end. The time counts only once it has looked back itself: polls may
 * be farther apart than the look-back, and n8n's clock may have been set in between.
 */
export const settle = (cursor: Cursor, now: number): Cursor =>
	Math.abs(now - cursor.movedAt) > lookBackSeconds * 1000
		? { ...cursor, settled: cursor.horizon, recent: later(cursor.recent, cursor.horizon) }
		: cursor;

const later = (recent: Cursor['recent'], stamp: string): Cursor['recent'] =>
	Object.fromEntries(
		Object.entries(recent).filter(([, modified]) => BigInt(modified) > microsecondsOf(stamp)),
	);

/** The next one within a poll: from the last row on, itself included, since others may share its stamp. */
export const nextQuestion = (last: Row): Record<string, string> => ({
	modified__gte: stampOf(microsecondsOf(last.modified)),
});

/**
 * What of these rows was not read before, in their order, and the cursor after them. A clock that
 * was wrong once leaves stamps in the future, behind which nothing would be seen: beyond `present`,
 * the server's clock, the horizon does not move. After `atMost` changes the rest is left unread.
 */
export function read<T extends Row>(
	cursor: Cursor,
	rows: readonly T[],
	now: number,
	present?: bigint,
	atMost = Number.POSITIVE_INFINITY,
): { cursor: Cursor; changes: Array<Change<T>>; unread: readonly T[] } {
	const recent = new Map(Object.entries(cursor.recent));
	const before = microsecondsOf(cursor.horizon);
	const known = RangeSet.parse(cursor.known);
	const met = new Set<number>();
	let horizon = before;
	let unread: readonly T[] = [];
	const changes: Array<Change<T>> = [];
	for (const [at, row] of rows.entries()) {
		const modified = microsecondsOf(row.modified);
		const isKnown = recent.get(String(row.id)) === String(modified);
		if (!isKnown && changes.length >= atMost) {
			unread = rows.slice(at);
			break;
		}
		if (modified > horizon && (present === undefined || modified <= present)) horizon = modified;
		if (isKnown) continue;
		changes.push({ row, isNew: !known.has(row.id) && !met.has(row.id) });
		met.add(row.id);
		recent.set(String(row.id), String(modified));
	}
	const kept = [...recent].filter(([, modified]) => BigInt(modified) >= horizon - lookBack);
	return {
		changes,
		unread,
		cursor: {
			horizon: stampOf(horizon),
			settled: cursor.settled,
			movedAt: changes.length > 0 ? now : cursor.movedAt,
			recent: Object.fromEntries(kept),
			known: known.with(met).toString(),
		},
	};
}

/**
 * The same for a list that cannot be asked from a moment on: what lies before the look-back was
 * read in its time.
 */
export function readList<T extends Row>(
	cursor: Cursor,
	rows: readonly T[],
	now: number,
	present?: bigint,
): { cursor: Cursor; news: T[] } {
	const from = microsecondsOf(cursor.horizon) - lookBack;
	const late = rows
		.map((row) => ({ row, at: microsecondsOf(row.modified) }))
		.filter(({ at }) => at >= from)
		.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
	const step = read(
		cursor,
		late.map(({ row }) => row),
		now,
		present,
	);
	// Ids tell nothing here: a document can be deleted again, and the stamps know better.
	return {
		cursor: { ...step.cursor, known: '' },
		news: step.changes.map(({ row }) => row),
	};
}

/** All that is in the list now counts as read. */
export const startOfList = (rows: readonly Row[], now: number, present?: bigint): Cursor =>
	readList(startAt('1970-01-01T00:00:00Z', RangeSet.empty, now), rows, now, present).cursor;
