import { RangeSet } from './rangeSet';
import { microsecondsOf, stampOf } from './stamps';

/**
 * Documents with the same stamp, more than fit on a page. Many documents get one stamp by one
 * statement of the database, so they are visible all at once (docs/paperless-api.md#equal-stamps): as
 * long as there are no more of them, there is nothing to read again.
 */
export type Tie = {
	/** The number of documents with this stamp when they were counted last. */
	count: number;
	/** The ids that count as read with this stamp. */
	ids: string;
};

/** By `modified` in microseconds. */
export type Ties = Readonly<Record<string, Tie>>;

/** The ties later than this stamp (in microseconds). */
export const tiesAfter = (ties: Ties, stamp: bigint): Ties =>
	Object.fromEntries(Object.entries(ties).filter(([modified]) => BigInt(modified) > stamp));

/** The stamp of the first of these ties; undefined if there are none. */
export function firstTie(ties: Ties): string | undefined {
	const [first] = Object.keys(ties)
		.map(BigInt)
		.sort((a, b) => (a < b ? -1 : Number(a > b)));
	return first === undefined ? undefined : stampOf(first);
}

/** Tells which rows were read as a part of a tie, by their id and `modified` in microseconds. */
export function membersOf(ties: Ties): (id: number, modified: bigint) => boolean {
	const members = new Map(
		Object.entries(ties).map(([modified, { ids }]) => [modified, RangeSet.parse(ids)]),
	);
	return (id, modified) => members.get(String(modified))?.has(id) === true;
}

/** The number of documents with this stamp when they were counted last; none if they never were. */
export const countOf = (ties: Ties, modified: string): number =>
	ties[String(microsecondsOf(modified))]?.count ?? 0;

/** Adds what was read of the tie with this stamp: single ids, and ids that were known at the start. */
export function withTie(
	ties: Ties,
	modified: string,
	count: number,
	ids: readonly number[],
	known = '',
): Ties {
	const key = String(microsecondsOf(modified));
	const read = RangeSet.parse(`${ties[key]?.ids ?? ''},${known}`).with(ids);
	return { ...ties, [key]: { count, ids: read.toString() } };
}
