import { PaperlessError } from '../../../nodes/api/errors';
import { idsFrom } from '../../../nodes/documents/documentIds';

const ids = (value: unknown) => idsFrom(value, 'Document IDs', 'documentIds');

describe('Document IDs', () => {
	it.each([
		['a text with commas', '12, 34', [12, 34]],
		['a single number', 12, [12]],
		['an array of numbers and texts', [12, ' 34 '], [12, 34]],
		['the text of an array', '["12", 34]', [12, 34]],
		['a text with empty entries', ',12,,34,', [12, 34]],
		['a text with repeated ids', '12, 34, 12', [12, 34]],
	])('are read from %s', (_, value, expected) => {
		expect(ids(value)).toEqual(expected);
	});

	it.each([
		['', 'is empty'],
		[' , ', 'is empty'],
		[[], 'is empty'],
		[undefined, 'is empty'],
		['12, two', 'is not an ID'],
		['0', 'is not an ID'],
		['-1', 'is not an ID'],
		['1.5', 'is not an ID'],
	])('are rejected if they are %j', (value, words) => {
		expect(() => ids(value)).toThrow(PaperlessError);
		expect(() => ids(value)).toThrow(`“Document IDs” ${words}`);
	});
});
