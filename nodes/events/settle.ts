import type { Clocks, Cursor } from './cursor';
import { leastLookBack, lookBack, lookBackSeconds, maxRecent } from './lookBack';
import { microsecondsOf, stampOf } from './stamps';
import { tiesAfter } from './ties';

/** Never again requests what was stamped up to here. */
const settledAt = (cursor: Cursor, end: bigint): Cursor => ({
	...cursor,
	settled: stampOf(end),
	recent: Object.fromEntries(
		Object.entries(cursor.recent).filter(([, modified]) => BigInt(modified) > end),
	),
	ties: tiesAfter(cursor.ties, end),
});

/**
 * The cursor after a poll that read to the end. Changes settle only after a poll has looked back
 * at them: polls may be farther apart than the look-back. Either clock may have been set, so both
 * must show that the time has passed.
 */
export const settle = (cursor: Cursor, { now, serverNow }: Clocks): Cursor =>
	Math.abs(now - cursor.movedAt) > lookBackSeconds * 1000 &&
	(serverNow === undefined || serverNow - microsecondsOf(cursor.horizon) > lookBack)
		? settledAt(cursor, microsecondsOf(cursor.horizon))
		: cursor;

/** Settles what was stamped up to here, but nothing of the last minute. */
export function settleUpTo(cursor: Cursor, stamp: bigint): Cursor {
	const limit = microsecondsOf(cursor.horizon) - leastLookBack;
	const end = stamp < limit ? stamp : limit;
	return end > microsecondsOf(cursor.settled) ? settledAt(cursor, end) : cursor;
}

/** Settles the oldest of too many recent rows. */
export function withinLimit(cursor: Cursor): Cursor {
	const stamps = Object.values(cursor.recent)
		.map(BigInt)
		.sort((a, b) => (a < b ? -1 : Number(a > b)));
	const newestOfSurplus = stamps[stamps.length - maxRecent - 1];
	return newestOfSurplus === undefined ? cursor : settleUpTo(cursor, newestOfSurplus);
}
