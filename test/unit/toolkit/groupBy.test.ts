import { groupBy } from '../../../nodes/toolkit/groupBy';

describe('Grouping', () => {
	it('keeps the order of first appearance and compares keys by their value', () => {
		const rows = [
			{ id: 1, tags: [3] },
			{ id: 2, tags: [] },
			{ id: 3, tags: [3] },
		];

		expect(groupBy(rows, ({ tags }) => tags).map((group) => group.map(({ id }) => id))).toEqual([
			[1, 3],
			[2],
		]);
	});

	it('of nothing yields no groups', () => {
		expect(groupBy([], (one) => one)).toEqual([]);
	});
});
