import { RangeSet } from '../../../nodes/events/rangeSet';

const setOf = (...ids: number[]) => RangeSet.empty.with(ids);

describe('A set of ids', () => {
	it.each(['', '7', '1-5400', '1-5400,5402', '2,4,6-8'])(
		'written as “%s” is read as such',
		(text) => {
			expect(RangeSet.parse(text).toString()).toBe(text);
		},
	);

	it('has the ends of its ranges and what lies between, and no other', () => {
		const ids = RangeSet.parse('3-5,9');

		const members = Array.from({ length: 12 }, (_, id) => id).filter((id) => ids.has(id));

		expect(members).toEqual([3, 4, 5, 9]);
	});

	it('joins neighbours in whatever order they come', () => {
		expect(setOf(3, 1, 5, 2, 4).toString()).toBe('1-5');
	});

	it('keeps gaps', () => {
		expect(setOf(1, 2, 4, 9, 10).toString()).toBe('1-2,4,9-10');
	});

	it('closes a gap when its last id comes', () => {
		expect(RangeSet.parse('1-4,6-9').with([5]).toString()).toBe('1-9');
	});

	it('does not know a lower id that was left out until it comes', () => {
		const before = RangeSet.parse('1-99,101-200');

		expect([before.has(100), before.with([100]).has(100)]).toEqual([false, true]);
	});

	it('is not changed by what has it already', () => {
		expect(RangeSet.parse('1-9,12').with([1, 5, 12]).toString()).toBe('1-9,12');
	});

	it('is left as it was by making a larger one of it', () => {
		const before = RangeSet.parse('1-3');

		before.with([4]);

		expect(before.toString()).toBe('1-3');
	});

	it('of 100,000 ids in a row is one range', () => {
		const all = RangeSet.empty.with(Array.from({ length: 100_000 }, (_, index) => index + 1));

		expect(all.toString()).toBe('1-100000');
	});
});
