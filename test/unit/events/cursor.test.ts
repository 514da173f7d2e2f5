import type { Cursor, Row } from '../../../nodes/events/cursor';
import {
	firstQuestion,
	nextQuestion,
	read,
	readList,
	settle,
	startAt,
	startOfList,
} from '../../../nodes/events/cursor';
import { microsecondsOf } from '../../../nodes/events/stamps';
import { RangeSet } from '../../../nodes/events/rangeSet';

const start = startAt('2024-05-31T12:00:00.123456Z', RangeSet.parse('1-10'), 0);
const minutes = 60_000;

/** A row that was changed so many seconds after the start. */
const row = (id: number, second: number): Row => ({
	id,
	modified: `${new Date(Date.parse('2024-05-31T12:00:00Z') + second * 1000).toISOString().slice(0, 19)}.123456Z`,
});

const told = (cursor: Cursor, rows: Row[], now = 0) =>
	read(cursor, rows, now).changes.map(
		({ row: { id }, isNew }) => `${isNew ? 'new' : 'changed'} ${id}`,
	);

const after = (cursor: Cursor, rows: Row[], now = 0) => read(cursor, rows, now).cursor;

describe('The first question of a poll', () => {
	it('looks back by a minute at first', () => {
		const moved = after(start, [row(11, 300)]);

		expect(firstQuestion(moved)).toEqual({ modified__gte: '2024-05-31T12:04:00.123456Z' });
	});

	it('begins behind the horizon once that is settled', () => {
		const settled = settle(after(start, [row(11, 300)]), 2 * minutes);

		expect(firstQuestion(settled)).toEqual({ modified__gt: '2024-05-31T12:05:00.123456Z' });
	});

	it('looks back as long as the last poll may have been too early for what comes late', () => {
		const moved = after(start, [row(11, 300)]);

		expect(firstQuestion(settle(moved, 0.9 * minutes))).toEqual(firstQuestion(moved));
	});

	it('looks back after a change although the poll before it lies hours ago', () => {
		const moved = settle(after(start, [row(11, 300)], 300 * minutes), 300 * minutes);

		expect(firstQuestion(moved)).toHaveProperty('modified__gte');
	});

	it('never asks again for what was settled before a change', () => {
		const settled = settle(after(start, [row(11, 300)]), 2 * minutes);

		expect(firstQuestion(after(settled, [row(12, 330)], 2 * minutes))).toEqual({
			modified__gt: '2024-05-31T12:05:00.123456Z',
		});
	});

	it.each([
		['back', -500 * minutes],
		['forward', 500 * minutes],
	])('still looks back once when n8n’s clock jumps %s, and then no more', (_, now) => {
		const moved = after(start, [row(11, 300)]);

		expect(firstQuestion(moved)).toHaveProperty('modified__gte');
		expect(firstQuestion(settle(moved, now))).toHaveProperty('modified__gt');
	});
});

describe('The next question', () => {
	it('includes the last row, whose stamp others may share', () => {
		expect(nextQuestion({ id: 1, modified: '2024-05-31T14:00:00.123456+02:00' })).toEqual({
			modified__gte: '2024-05-31T12:00:00.123456Z',
		});
	});
});

describe('Reading the stream of changes', () => {
	it('tells what is new from what changed, in the order of the rows', () => {
		expect(told(start, [row(3, 1), row(11, 2), row(4, 3)])).toEqual([
			'changed 3',
			'new 11',
			'changed 4',
		]);
	});

	it('tells each of several rows with the same stamp', () => {
		expect(told(start, [row(11, 1), row(12, 1), row(13, 1)])).toEqual([
			'new 11',
			'new 12',
			'new 13',
		]);
	});

	it('tells a row with the stamp of the horizon that comes later', () => {
		expect(told(after(start, [row(11, 1)]), [row(11, 1), row(12, 1)])).toEqual(['new 12']);
	});

	it('does not tell a row that is met again', () => {
		expect(told(after(start, [row(11, 1), row(12, 2)]), [row(11, 1), row(12, 2)])).toEqual([]);
	});

	it('does not tell a row again whose stamp is now written in another time zone', () => {
		const moved = after(start, [row(11, 1)]);

		expect(told(moved, [{ id: 11, modified: '2024-05-31T14:00:01.123456+02:00' }])).toEqual([]);
	});

	it('tells a row that was changed again, be it by a microsecond', () => {
		const moved = after(start, [row(11, 1)]);

		expect(told(moved, [{ id: 11, modified: '2024-05-31T12:00:01.123457Z' }])).toEqual([
			'changed 11',
		]);
	});

	it('tells a document as new once when it is met twice at a time', () => {
		expect(told(start, [row(11, 1), row(11, 2)])).toEqual(['new 11', 'changed 11']);
	});

	it('tells rows that come out of order within the look-back', () => {
		const moved = after(start, [row(12, 50)]);

		expect(told(moved, [row(11, 45), row(12, 50)], minutes)).toEqual(['new 11']);
	});

	it('tells an id below the highest as new when it appears later', () => {
		const moved = after(start, [row(11, 1), row(13, 2)]);

		expect(told(moved, [row(13, 2), row(12, 3)])).toEqual(['new 12']);
	});

	it('never takes the horizon back', () => {
		const moved = after(start, [row(12, 50)]);

		expect(after(moved, [row(11, 45)]).horizon).toBe(moved.horizon);
	});

	it('forgets the stamps that lie behind the look-back', () => {
		const moved = after(start, [row(11, 0), row(12, 59), row(13, 61)]);

		expect(Object.keys(moved.recent)).toEqual(['12', '13']);
	});

	it('knows what it needs not to tell twice as long as it is asked for', () => {
		const moved = after(start, [row(11, 0), row(12, 60)]);

		expect(firstQuestion(moved)).toEqual({ modified__gte: row(11, 0).modified });
		expect(told(moved, [row(11, 0), row(12, 60)])).toEqual([]);
	});

	it('does not count a quiet poll as a move of the horizon', () => {
		const moved = after(start, [row(11, 1)], 7);

		expect(after(moved, [row(11, 1)], minutes).movedAt).toBe(7);
	});

	it('remembers no stamps once it is settled', () => {
		expect(settle(after(start, [row(11, 1)]), 2 * minutes).recent).toEqual({});
	});

	it('leaves the rest unread after so many changes, and goes on there', () => {
		const known = after(start, [row(11, 0)]);
		const rows = [row(11, 0), row(12, 40), row(13, 80), row(14, 120), row(15, 160)];

		const first = read(known, rows, 0, undefined, 2);
		const second = read(first.cursor, first.unread, 0, undefined, 2);

		expect(first.changes.map(({ row: { id } }) => id)).toEqual([12, 13]);
		expect(second.changes.map(({ row: { id } }) => id)).toEqual([14, 15]);
		expect(second.unread).toEqual([]);
	});

	it('is not carried away by a stamp in the future, and does not tell of it again', () => {
		const present = microsecondsOf(row(0, 60).modified);
		const future = row(11, 100_000);
		const moved = read(start, [row(12, 30), future], 0, present).cursor;
		const settled = settle(moved, 2 * minutes);

		expect(moved.horizon).toBe(row(12, 30).modified);
		expect(read(settled, [row(13, 45), future], 3 * minutes, present).changes).toEqual([
			{ row: row(13, 45), isNew: true },
		]);
	});
});

describe('Reading a list that cannot be asked from a moment on', () => {
	const present = microsecondsOf('2024-05-31T12:01:00Z');
	const ahead = row(1, 90_000);

	it('tells once what a clock stamped that was ahead, and still what comes after it', () => {
		const begun = startOfList([], 0, present);

		const first = readList(begun, [ahead], 0, present);
		const second = readList(first.cursor, [ahead, row(2, 30)], 0, present);
		const third = readList(second.cursor, [ahead, row(2, 30)], 0, present);

		expect([first, second, third].map(({ news }) => news.map(({ id }) => id))).toEqual([
			[1],
			[2],
			[],
		]);
	});

	it('tells what comes after a stamp that was ahead at the start already', () => {
		const begun = startOfList([ahead], 0, present);

		expect(readList(begun, [ahead, row(2, 30)], 0, present).news).toEqual([row(2, 30)]);
	});
});
