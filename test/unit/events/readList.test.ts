import type { Row } from '../../../nodes/events/cursor';
import { markRead, readList, startList } from '../../../nodes/events/readList';
import { microsecondsOf, stampOf } from '../../../nodes/events/stamps';

const row = (id: number, modified: string): Row => ({ id, modified });
const clocks = { now: 0, serverNow: microsecondsOf('2024-05-31T12:01:00Z') };
const early = row(1, '2024-05-31T11:00:00.123456Z');
const recent = row(2, '2024-05-31T12:00:30.123456Z');
const future = row(3, '2024-06-01T13:00:00.123456Z');

describe('Reading a list that the server cannot filter by time', () => {
	it('returns each row once', () => {
		const first = readList(startList([early], clocks), [recent, early], clocks);
		const second = readList(first.cursor, [recent, early], clocks);

		expect([first, second].map(({ newRows }) => newRows)).toEqual([[recent], []]);
	});

	it('returns a row again when its stamp moves', () => {
		const again = row(2, '2024-05-31T12:00:31.123456Z');
		const { cursor } = readList(startList([], clocks), [recent], clocks);

		expect(readList(cursor, [again], clocks).newRows).toEqual([again]);
	});

	it('returns a row with a stamp in the future once, and later rows as well', () => {
		const first = readList(startList([], clocks), [future], clocks);
		const second = readList(first.cursor, [future, recent], clocks);
		const third = readList(second.cursor, [future, recent], clocks);

		expect([first, second, third].map(({ newRows }) => newRows)).toEqual([[future], [recent], []]);
	});

	it('returns rows that come after a stamp in the future that existed at the start', () => {
		const start = startList([future], clocks);

		expect(readList(start, [future, recent], clocks).newRows).toEqual([recent]);
	});

	it('returns each of many thousand rows of a quarter of an hour once', () => {
		const start = microsecondsOf('2024-05-31T11:50:00.000000Z');
		const rows = Array.from({ length: 6000 }, (_, index) =>
			row(index + 1, stampOf(start + BigInt(index) * 100_000n)),
		);
		const first = readList(startList([], clocks), rows, clocks);
		const second = readList(first.cursor, [...rows, row(9000, recent.modified)], clocks);

		expect(first.newRows).toHaveLength(6000);
		expect(second.newRows.map(({ id }) => id)).toEqual([9000]);
		expect(readList(startList(rows, clocks), rows, clocks).newRows).toEqual([]);
	});

	it('still returns earlier rows after a part of the list was marked as read', () => {
		const earlier = row(4, '2024-05-31T11:30:00.123456Z');
		const part = markRead(startList([early], clocks), [recent]);

		expect(readList(part, [recent, earlier, early], clocks).newRows).toEqual([earlier]);
	});
});
