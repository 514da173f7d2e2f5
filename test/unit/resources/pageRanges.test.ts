import { PaperlessError } from '../../../nodes/api/errors';
import {
	pagesOf,
	rangesFrom,
	rangeText,
} from '../../../nodes/PaperlessNgx/resources/pdf/pageRanges';

const refusalOf = (text: string, pageCount?: number): unknown => {
	try {
		return rangesFrom(text, pageCount);
	} catch (thrown) {
		return thrown;
	}
};

describe('page ranges', () => {
	it.each([
		['3', [{ from: 3, to: 3 }]],
		[
			'1, 2-3, 4',
			[
				{ from: 1, to: 1 },
				{ from: 2, to: 3 },
				{ from: 4, to: 4 },
			],
		],
		[
			'4, 1',
			[
				{ from: 4, to: 4 },
				{ from: 1, to: 1 },
			],
		],
		[
			' 2 - 4 ,, 1 ,',
			[
				{ from: 2, to: 4 },
				{ from: 1, to: 1 },
			],
		],
		['2-2', [{ from: 2, to: 2 }]],
	])('read “%s” in the given order', (text, ranges) => {
		expect(rangesFrom(text, 4)).toEqual(ranges);
	});

	it.each(['0', '0-2', '4-3', '-2', '1-', '1.5', '1–2', 'two', '1-2-3'])(
		'reject “%s”, which is not a range',
		(text) => {
			expect(refusalOf(text, 4)).toMatchObject({ message: `“${text}” is not a page range` });
		},
	);

	it('reject pages after the last one', () => {
		expect(refusalOf('3-5', 4)).toMatchObject({
			message: 'There is no page 5',
			description: 'The document has 4 pages.',
		});
	});

	it('accept any page when the number of pages is unknown', () => {
		expect(rangesFrom('900', undefined)).toEqual([{ from: 900, to: 900 }]);
	});

	it.each([
		['1, 1', 1],
		['2-4, 1-2', 2],
		['1-3, 2', 2],
	])('reject “%s”, which lists a page twice', (text, page) => {
		expect(refusalOf(text, 4)).toMatchObject({ message: `Page ${page} is listed twice` });
	});

	it.each(['', ' ', ' , '])('reject “%s”, which lists no pages', (text) => {
		expect(refusalOf(text, 4)).toMatchObject({ message: '“Pages” is empty' });
	});

	it('name the parameter of every rejection', () => {
		for (const text of ['two', '5', '1, 1', '']) {
			const refused = refusalOf(text, 4);
			expect(refused).toBeInstanceOf(PaperlessError);
			expect(refused).toMatchObject({ kind: 'invalid', parameter: 'pages' });
		}
	});

	it('contain both of their ends', () => {
		expect(pagesOf({ from: 2, to: 4 })).toEqual([2, 3, 4]);
		expect(pagesOf({ from: 2, to: 2 })).toEqual([2]);
	});

	it('are written as the server reads them', () => {
		expect(rangesFrom('1-1, 2 - 3, 4', 4).map(rangeText)).toEqual(['1', '2-3', '4']);
	});
});
