import type { Cursor, Row } from '../../../nodes/events/cursor';
import { cursorAt } from '../../../nodes/events/cursor';
import { readRows } from '../../../nodes/events/readRows';
import { firstQuery, nextQuery } from '../../../nodes/events/queries';
import { settle } from '../../../nodes/events/settle';
import { microsecondsOf, stampOf } from '../../../nodes/events/stamps';
import { RangeSet } from '../../../nodes/events/rangeSet';
import { Random } from '../../support/random.mts';

type Commit = { id: number; modified: bigint; visibleAt: bigint };

const second = 1_000_000n;
const begin = microsecondsOf('2024-05-31T12:00:00.000000Z');

/**
 * An archive whose changes become visible up to 5.7 s after their stamp, as with parallel imports, and
 * some after minutes, as versions that wait for a lock.
 */
function historyOf(random: Random, changes: number): Commit[] {
	let clock = begin;
	let highest = 0;
	const commits: Commit[] = [];
	const stamps = new Map<number, bigint>();
	for (let step = 0; step < changes; step += 1) {
		const pause = random.chance(0.7) ? random.whole(0, 2_000_000) : random.whole(0, 400_000_000);
		clock += BigInt(random.chance(0.1) ? 0 : pause);
		const id = highest > 0 && random.chance(0.4) ? random.whole(1, highest) : (highest += 1);
		const modified = stamps.get(id) === clock ? clock + 1n : clock;
		clock = modified;
		stamps.set(id, modified);
		const delay = random.chance(0.05) ? 880_000_000 : 5_700_000;
		commits.push({ id, modified, visibleAt: modified + BigInt(random.whole(0, delay)) });
	}
	return commits;
}

/** The list at a time: the last visible change of each document, in order. */
function listAt(commits: Commit[], time: bigint): Row[] {
	const shown = new Map<number, bigint>();
	for (const { id, modified, visibleAt } of commits) {
		if (visibleAt <= time) shown.set(id, modified);
	}
	return [...shown]
		.sort(([a, first], [b, next]) => (first === next ? a - b : first < next ? -1 : 1))
		.map(([id, modified]) => ({ id, modified: stampOf(modified) }));
}

const answer = (rows: Row[], query: Record<string, string>) =>
	rows.filter(({ modified }) => {
		const { modified__gt: after, modified__gte: from } = query;
		if (after !== undefined) return microsecondsOf(modified) > microsecondsOf(after);
		return microsecondsOf(modified) >= microsecondsOf(String(from));
	});

/**
 * Reads page after page like the trigger, by a clock of n8n that may be set. Nowhere do more rows share
 * a stamp than fit on a page.
 */
function pollAt(cursor: Cursor, list: Row[], clocks: { now: number; serverNow: bigint }) {
	const changes: Array<{ row: Row; isNew: boolean }> = [];
	const pageSize = 20;
	let query = firstQuery(cursor);
	for (;;) {
		const found = answer(list, query);
		const read = readRows(cursor, found.slice(0, pageSize), clocks);
		cursor = read.cursor;
		changes.push(...read.changes);
		const last = found.slice(0, pageSize).at(-1);
		if (found.length <= pageSize || last === undefined)
			return { cursor: settle(cursor, clocks), changes };
		if (changes.length >= 3 * pageSize) return { cursor, changes };
		query = nextQuery(last);
	}
}

describe.each([10, 60, 300, 3600])('An archive with late changes, polled every %i s', (every) => {
	it.each([1, 2, 3, 4, 5, 6])('is reported completely and without repetition (seed %i)', (seed) => {
		const random = new Random(seed * 1000 + every);
		const commits = historyOf(random, 200);
		let cursor = cursorAt(stampOf(begin), RangeSet.empty, 0);
		let clockError = 0;
		const added: number[] = [];
		const reported: string[] = [];
		const seen = new Set<string>();
		const lastVisible = commits.reduce((a, { visibleAt: b }) => (a > b ? a : b), begin);
		const end = lastVisible + 20n * BigInt(every) * second;
		const lastOnes = end + 1000n * BigInt(every) * second;
		let quiet = 0;
		for (let time = begin; time < lastOnes && quiet < 3; ) {
			const jitter = BigInt(random.whole(0, 50_000));
			time += BigInt(every) * second + jitter;
			if (random.chance(0.05)) clockError = random.whole(-7_200_000, 7_200_000);
			const list = listAt(commits, time);
			const poll = pollAt(cursor, list, {
				now: Number((time - begin) / 1000n) + clockError,
				serverNow: time,
			});
			cursor = JSON.parse(JSON.stringify(poll.cursor)) as Cursor;
			for (const { row, isNew } of poll.changes) {
				if (isNew) added.push(row.id);
				reported.push(`${row.id} ${row.modified}`);
			}
			list.forEach(({ id, modified }) => seen.add(`${id} ${modified}`));
			quiet = time > end && poll.changes.length === 0 ? quiet + 1 : 0;
		}

		const living = listAt(commits, lastOnes);
		expect(added.sort((a, b) => a - b)).toEqual(living.map(({ id }) => id).sort((a, b) => a - b));
		expect(new Set(reported).size).toBe(reported.length);
		expect(reported.filter((change) => !seen.has(change))).toEqual([]);
		expect(reported).toEqual(
			expect.arrayContaining(living.map(({ id, modified }) => `${id} ${modified}`)),
		);
	});
});
