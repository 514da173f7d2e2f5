import type { Cursor, Row } from '../../../nodes/events/cursor';
import { behindTie, cursorAt } from '../../../nodes/events/cursor';
import { readRows } from '../../../nodes/events/readRows';
import {
	firstQuery,
	nextQuery,
	queryAt,
	queryBehind,
	tieAhead,
} from '../../../nodes/events/queries';
import { settle } from '../../../nodes/events/settle';
import { RangeSet } from '../../../nodes/events/rangeSet';
import { microsecondsOf } from '../../../nodes/events/stamps';

const start = cursorAt('2024-05-31T12:00:00.123456Z', RangeSet.parse('1-10'), 0);
const minutes = 60_000;

/** A row that changed this many seconds after the start. */
const row = (id: number, second: number): Row => ({
	id,
	modified: `${new Date(Date.parse('2024-05-31T12:00:00Z') + second * 1000).toISOString().slice(0, 19)}.123456Z`,
});

const changesIn = (cursor: Cursor, rows: Row[], now = 0) =>
	readRows(cursor, rows, { now }).changes.map(
		({ row: { id }, isNew }) => `${isNew ? 'new' : 'changed'} ${id}`,
	);

const after = (cursor: Cursor, rows: Row[], now = 0) => readRows(cursor, rows, { now }).cursor;

describe('The first query of a poll', () => {
	it('looks back by fifteen minutes at first', () => {
		const moved = after(start, [row(11, 3600)]);

		expect(firstQuery(moved)).toEqual({ modified__gte: '2024-05-31T12:45:00.123456Z' });
	});

	it('looks back by less over more than 5,000 rows, but never by less than a minute', () => {
		const rows = Array.from({ length: 5400 }, (_, index) => row(100 + index, 3000 + index / 9));
		const [many, more] = [rows, rows.map(({ id }) => row(id, 3600))].map((all) =>
			after(start, [...all, row(11, 3600)]),
		);

		expect(firstQuery(many as Cursor)).toEqual({ modified__gt: '2024-05-31T12:50:44.123456Z' });
		expect(changesIn(many as Cursor, rows.slice(-4900))).toEqual([]);
		expect(firstQuery(more as Cursor)).toEqual({ modified__gt: '2024-05-31T12:59:00.123456Z' });
		expect(changesIn(more as Cursor, [row(100, 3600)])).toEqual([]);
	});

	it('starts behind the horizon once the horizon is settled', () => {
		const settled = settle(after(start, [row(11, 300)]), { now: 16 * minutes });

		expect(firstQuery(settled)).toEqual({ modified__gt: '2024-05-31T12:05:00.123456Z' });
	});

	it('looks back as long as changes may have appeared after the last poll', () => {
		const moved = after(start, [row(11, 300)]);

		expect(firstQuery(settle(moved, { now: 14 * minutes }))).toEqual(firstQuery(moved));
	});

	it('looks back after a change even if the previous poll was hours ago', () => {
		const moved = settle(after(start, [row(11, 300)], 300 * minutes), { now: 300 * minutes });

		expect(firstQuery(moved)).toHaveProperty('modified__gte');
	});

	it('looks back when only n8n’s clock says that the time has passed', () => {
		const moved = after(start, [row(11, 300)]);
		const serverNow = microsecondsOf(row(0, 1000).modified);

		expect(firstQuery(settle(moved, { now: 500 * minutes, serverNow }))).toEqual(firstQuery(moved));
	});

	it('never requests settled changes again', () => {
		const settled = settle(after(start, [row(11, 300)]), { now: 16 * minutes });

		expect(firstQuery(after(settled, [row(12, 330)], 16 * minutes))).toEqual({
			modified__gt: '2024-05-31T12:05:00.123456Z',
		});
	});

	it('remembers at most 10,000 gaps between ids, of which the lowest are closed', () => {
		const rows = Array.from({ length: 11_000 }, (_, at) => row(100 + at * 2, at));

		const { known } = after(start, rows);

		expect(known.split(',')).toHaveLength(10_000);
		expect(known).toContain(String(100 + 10_999 * 2));
	});

	it.each([
		['back', -500 * minutes],
		['forward', 500 * minutes],
	])('looks back exactly once more when n8n’s clock jumps %s', (_, now) => {
		const moved = after(start, [row(11, 300)]);

		expect(firstQuery(moved)).toHaveProperty('modified__gte');
		expect(firstQuery(settle(moved, { now }))).toHaveProperty('modified__gt');
	});
});

describe('The next query', () => {
	it('includes the last row, whose stamp other rows may share', () => {
		expect(nextQuery({ id: 1, modified: '2024-05-31T14:00:00.123456+02:00' })).toEqual({
			modified__gte: '2024-05-31T12:00:00.123456Z',
		});
	});
});

describe('Reading the stream of changes', () => {
	it('distinguishes new documents from changed ones, in the order of the rows', () => {
		expect(changesIn(start, [row(3, 1), row(11, 2), row(4, 3)])).toEqual([
			'changed 3',
			'new 11',
			'changed 4',
		]);
	});

	it('returns every row of several with the same stamp', () => {
		expect(changesIn(start, [row(11, 1), row(12, 1), row(13, 1)])).toEqual([
			'new 11',
			'new 12',
			'new 13',
		]);
	});

	it('returns a row that appears later with the stamp of the horizon', () => {
		expect(changesIn(after(start, [row(11, 1)]), [row(11, 1), row(12, 1)])).toEqual(['new 12']);
	});

	it('does not return a row twice', () => {
		expect(changesIn(after(start, [row(11, 1), row(12, 2)]), [row(11, 1), row(12, 2)])).toEqual([]);
	});

	it('does not return a row again when its stamp is written in another time zone', () => {
		const moved = after(start, [row(11, 1)]);

		expect(changesIn(moved, [{ id: 11, modified: '2024-05-31T14:00:01.123456+02:00' }])).toEqual(
			[],
		);
	});

	it('returns a row that changed again, even by one microsecond', () => {
		const moved = after(start, [row(11, 1)]);

		expect(changesIn(moved, [{ id: 11, modified: '2024-05-31T12:00:01.123457Z' }])).toEqual([
			'changed 11',
		]);
	});

	it('returns a document as new once when it has two rows', () => {
		expect(changesIn(start, [row(11, 1), row(11, 2)])).toEqual(['new 11', 'changed 11']);
	});

	it('returns rows that appear out of order within the look-back', () => {
		const moved = after(start, [row(12, 850)]);

		expect(changesIn(moved, [row(11, 45), row(12, 850)], minutes)).toEqual(['new 11']);
	});

	it('returns an id below the highest as new when it appears later', () => {
		const moved = after(start, [row(11, 1), row(13, 2)]);

		expect(changesIn(moved, [row(13, 2), row(12, 3)])).toEqual(['new 12']);
	});

	it('never moves the horizon back', () => {
		const moved = after(start, [row(12, 50)]);

		expect(after(moved, [row(11, 45)]).horizon).toBe(moved.horizon);
	});

	it('drops the stamps from before the look-back', () => {
		const moved = after(start, [row(11, 0), row(12, 899), row(13, 901)]);

		expect(Object.keys(moved.recent)).toEqual(['12', '13']);
	});

	it('remembers every row that the next query can return again', () => {
		const moved = after(start, [row(11, 0), row(12, 900)]);

		expect(firstQuery(moved)).toEqual({ modified__gte: row(11, 0).modified });
		expect(changesIn(moved, [row(11, 0), row(12, 900)])).toEqual([]);
	});

	it('does not count a poll without changes as a move of the horizon', () => {
		const moved = after(start, [row(11, 1)], 7);

		expect(after(moved, [row(11, 1)], minutes).movedAt).toBe(7);
	});

	it('keeps no stamps once it is settled', () => {
		expect(settle(after(start, [row(11, 1)]), { now: 16 * minutes }).recent).toEqual({});
	});

	it('leaves the rest unread after the maximum of changes, and continues there', () => {
		const known = after(start, [row(11, 0)]);
		const rows = [row(11, 0), row(12, 40), row(13, 80), row(14, 120), row(15, 160)];

		const first = readRows(known, rows, { now: 0 }, 2);
		const second = readRows(first.cursor, first.unread, { now: 0 }, 2);

		expect(first.changes.map(({ row: { id } }) => id)).toEqual([12, 13]);
		expect(second.changes.map(({ row: { id } }) => id)).toEqual([14, 15]);
		expect(second.unread).toEqual([]);
	});

	it('does not move the horizon to a stamp in the future, and returns its row once', () => {
		const serverNow = microsecondsOf(row(0, 60).modified);
		const future = row(11, 100_000);
		const moved = readRows(start, [row(12, 30), future], { now: 0, serverNow }).cursor;
		const settled = settle(moved, { now: 16 * minutes });

		expect(moved.horizon).toBe(row(12, 30).modified);
		const clocks = { now: 17 * minutes, serverNow };
		expect(readRows(settled, [row(13, 45), future], clocks).changes).toEqual([
			{ row: row(13, 45), isNew: true },
		]);
	});
});

describe('Rows with one stamp, more than fit on a page', () => {
	const rows = [11, 12, 13].map((id) => row(id, 60));
	const tied = behindTie(after(start, [...rows, row(14, 90)]), row(0, 60).modified, 3);

	it('are kept by their ids alone', () => {
		expect(Object.keys(tied.recent)).toEqual(['14']);
		expect(Object.values(tied.ties)).toEqual([{ count: 3, ids: '11-13' }]);
	});

	it('are asked for by their stamp alone', () => {
		expect(queryAt('2024-05-31T14:00:00.123456+02:00')).toEqual({
			modified__gte: '2024-05-31T12:00:00.123456Z',
			modified__lte: '2024-05-31T12:00:00.123456Z',
		});
	});

	it('are left out by the queries before and behind them', () => {
		const { modified } = row(0, 60);

		expect(tieAhead(tied, firstQuery(tied))).toBe(modified);
		expect(tieAhead(tied, nextQuery(row(0, 60)))).toBe(modified);
		expect(tieAhead(tied, queryBehind(modified))).toBeUndefined();
	});

	it('are not returned again, unlike a row that appears with their stamp', () => {
		expect(changesIn(tied, [...rows, row(15, 60)])).toEqual(['new 15']);
	});

	it('are returned when they change again, each once', () => {
		const again = row(12, 120);
		const moved = after(tied, [...rows, again]);

		expect(changesIn(tied, [...rows, again])).toEqual(['changed 12']);
		expect(changesIn(moved, [...rows, again])).toEqual([]);
	});

	it('are added to those that were read before', () => {
		const more = behindTie(after(tied, [...rows, row(15, 60)]), row(0, 60).modified, 4);

		expect(Object.values(more.ties)).toEqual([{ count: 4, ids: '11-13,15' }]);
	});

	it('count as read by all ids that were known at the start, however many', () => {
		const counted = behindTie(start, row(0, 60).modified, 3, '1-1000000000000');

		expect(changesIn(counted, rows)).toEqual([]);
	});

	it('are forgotten once nothing can appear among them', () => {
		expect(after(tied, [row(15, 60 + 901)]).ties).toEqual({});
		expect(settle(tied, { now: 16 * minutes }).ties).toEqual({});
	});

	it('do not shorten the look-back, but are forgotten with it', () => {
		const many = Array.from({ length: 5400 }, (_, index) => row(100 + index, 300 + index / 9));

		expect(after(tied, many).ties).toEqual({});
		expect(after(tied, many.slice(-4000)).ties).toEqual(tied.ties);
	});
});
