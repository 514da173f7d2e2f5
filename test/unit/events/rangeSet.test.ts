import { RangeSet } from '../../../nodes/events/rangeSet';

const setOf = (...ids: number[]) => RangeSet.empty.with(ids);

describe('A set of ids', () => {
	it.each(['', '7', '1-5400', '1-5400,5402', '2,4,6-8'])(
		'reads “%s” and writes it unchanged',
		(text) => {
			expect(RangeSet.parse(text).toString()).toBe(text);
		},
	);

	it('contains the ends of its ranges and the ids between them, and no others', () => {
		const ids = RangeSet.parse('3-5,9');

		const members = Array.from({ length: 12 }, (_, id) => id).filter((id) => ids.has(id));

		expect(members).toEqual([3, 4, 5, 9]);
	});

	it('joins neighbors in any order', () => {
		expect(setOf(3, 1, 5, 2, 4).toString()).toBe('1-5');
	});

	it('keeps gaps', () => {
		expect(setOf(1, 2, 4, 9, 10).toString()).toBe('1-2,4,9-10');
	});

	it('closes a gap when the last missing id is added', () => {
		expect(RangeSet.parse('1-4,6-9').with([5]).toString()).toBe('1-9');
	});

	it('does not contain a skipped lower id until it is added', () => {
		const before = RangeSet.parse('1-99,101-200');

		expect([before.has(100), before.with([100]).has(100)]).toEqual([false, true]);
	});

	it('is not changed by ids that it already contains', () => {
		expect(RangeSet.parse('1-9,12').with([1, 5, 12]).toString()).toBe('1-9,12');
	});

	it('closes the gaps between its lowest ids where it has too many ranges', () => {
		const ids = RangeSet.parse('1-2,5,9,12-13');

		expect(ids.within(2).toString()).toBe('1-9,12-13');
		expect(ids.within(1).toString()).toBe('1-13');
		expect(ids.within(4)).toBe(ids);
	});

	it('is not changed when a larger set is derived from it', () => {
		const before = RangeSet.parse('1-3');

		before.with([4]);

		expect(before.toString()).toBe('1-3');
	});

	it('writes 100,000 consecutive ids as one range', () => {
		const all = RangeSet.empty.with(Array.from({ length: 100_000 }, (_, index) => index + 1));

		expect(all.toString()).toBe('1-100000');
	});
});
