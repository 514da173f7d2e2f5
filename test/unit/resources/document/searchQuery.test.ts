import { searchQuery } from '../../../../nodes/PaperlessNgx/resources/document/getMany/searchQuery';

const none = { searchMode: 'none', searchText: '', similarTo: '' } as const;

describe('The search of Get Many', () => {
	it.each([
		[{ ...none, searchText: 'ignored' }, {}],
		[{ ...none, searchMode: 'similar', similarTo: ' 12 ' }, { more_like_id: '12' }],
		[{ ...none, searchMode: 'paperlessQuery', searchText: 'tag:a' }, { query: 'tag:a' }],
	] as const)('%j is sent as %j', (values, query) => {
		expect(searchQuery(values)).toEqual(query);
	});

	it.each([
		[{ ...none, searchMode: 'similar', similarTo: 'two' }, 'is not the ID of a document'],
		[{ ...none, searchMode: 'allWords', searchText: ' - ' }, 'There are no words to search for'],
	] as const)('%j is rejected', (values, words) => {
		expect(() => searchQuery(values)).toThrow(words);
	});
});
