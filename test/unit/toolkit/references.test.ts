import {
	optionalReference,
	requiredReferences,
	toReference,
	toReferences,
} from '../../../nodes/toolkit/references';

describe('IDs and names', () => {
	it.each([
		['a list', [3, 'Invoice'], [3, 'Invoice']],
		['comma-separated text', 'Invoice, 12 ,, Rent', ['Invoice', '12', 'Rent']],
		['a single number', 12, [12]],
		['a list in which a name contains a comma', ['Rent, heating'], ['Rent, heating']],
		[
			'text in which a name in double quotes contains a comma',
			'a, "Rent, heating"',
			['a', 'Rent, heating'],
		],
		['a list with blanks and empty text', [' Invoice ', '', '  '], ['Invoice']],
		['nothing', undefined, []],
		['null', null, []],
		['empty text', '', []],
	])('are read from %s', (_, value, references) => {
		expect(toReferences(value, 'Tags')).toEqual(references);
	});

	it.each([[[0]], [[-3]], [[1.5]], [[null]], [[{ id: 3 }]], [true], [{ id: 3 }]])(
		'cannot be %j, which the server would ignore',
		(value) => {
			expect(() => toReferences(value, 'Tags')).toThrow('“Tags” takes IDs and names');
		},
	);

	it('are at most a thousand, because a longer text is no list', () => {
		const text = Array.from({ length: 1001 }, (_, at) => `Tag ${at}`).join(',');

		expect(() => toReferences(text, 'Tags')).toThrow('“Tags” has 1001 entries');
	});

	it('must not be empty where an empty list would mean “no condition”', () => {
		expect(requiredReferences([3], 'Any Tags')).toEqual([3]);
		expect(() => requiredReferences([], 'Any Tags')).toThrow('“Any Tags” is empty');
		expect(() => requiredReferences(' , ', 'Any Tags')).toThrow('“Any Tags” is empty');
	});
});

describe('A locator', () => {
	it.each([
		['list', '12', 12],
		['id', '12', 12],
		['name', '2024', { name: '2024' }],
		['name', ' Invoice ', { name: 'Invoice' }],
		['list', 'Invoice', 'Invoice'],
	])('by %s with the value %s means %j', (mode, value, reference) => {
		expect(toReference({ mode, value }, 'Tag')).toEqual(reference);
	});

	it.each(['Invoice', '1.0', '-3', '1e3', '99999999999999999'])(
		'by ID with the value %s is rejected',
		(value) => {
			expect(() => toReference({ mode: 'id', value }, 'Tag')).toThrow('“Tag” is not an ID');
		},
	);

	it('that is optional and empty leaves its field unchanged', () => {
		expect(optionalReference({ mode: 'id', value: ' ' }, 'Owner')).toBeUndefined();
		expect(optionalReference(undefined, 'Owner')).toBeUndefined();
	});

	it('that is empty is rejected', () => {
		expect(() => toReference({ mode: 'list', value: '' }, 'Tag')).toThrow('“Tag” is empty');
	});
});
