import { fullTextQuery } from '../../../nodes/api/fullTextQuery';

describe('A full text search', () => {
	it('for all words joins them by AND, which 2.x and 3.x read alike', () => {
		expect(fullTextQuery('allWords', 'water  invoice')).toBe('"water" AND "invoice"');
	});

	it('for any word joins them by OR', () => {
		expect(fullTextQuery('anyWord', 'water invoice')).toBe('"water" OR "invoice"');
	});

	it('for a phrase keeps the words next to each other', () => {
		expect(fullTextQuery('exactPhrase', ' water\n of invoice ')).toBe('"water of invoice"');
	});

	it('in the query language of Paperless-ngx stays unchanged', () => {
		expect(fullTextQuery('paperlessQuery', ' type:invoice AND (a OR b*) ')).toBe(
			'type:invoice AND (a OR b*)',
		);
	});

	it.each([
		['title:secret', '"title:secret"'],
		['water OR paid', '"water" AND "paid"'],
		['wat* (x2)', '"wat" AND "(x2)"'],
		['say "hello" there\\friend', '"say" AND "hello" AND "there" AND "friend"'],
		['Müller & Söhne', '"Müller" AND "Söhne"'],
		['Gebühr 2024', '"Gebühr" AND "2024"'],
		['請求書', '"請求書"'],
	])('does not treat a sign in “%s” as an operator', (words, query) => {
		expect(fullTextQuery('allWords', words)).toBe(query);
	});

	it('omits words that are not in every index, so that every server finds the same', () => {
		expect(fullTextQuery('allWords', 'the invoice of a company')).toBe('"invoice" AND "company"');
		expect(fullTextQuery('exactPhrase', 'the invoice of the')).toBe('"invoice"');
	});

	it.each([
		['allWords', '  '],
		['allWords', '& - "'],
		['anyWord', 'the of a'],
		['exactPhrase', '""'],
		['paperlessQuery', ' '],
	] as const)('by %s for “%s” has nothing to search for', (mode, words) => {
		expect(fullTextQuery(mode, words)).toBe('');
	});
});
