import { optionsOf, rowsOf } from '../../../nodes/toolkit/optionsOf';

const table = {
	a: { label: 'First', size: 1 },
	b: { label: 'Second', size: 2, description: 'The larger one' },
};

describe('A table', () => {
	it('becomes the options of a parameter, with its keys as stored values', () => {
		expect(optionsOf(table)).toEqual([
			{ name: 'First', value: 'a' },
			{ name: 'Second', value: 'b', description: 'The larger one' },
		]);
	});

	it('keeps the order of its rows', () => {
		expect(rowsOf(table).map(([key, { size }]) => [key, size])).toEqual([
			['a', 1],
			['b', 2],
		]);
	});
});
