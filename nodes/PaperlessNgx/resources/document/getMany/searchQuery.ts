import { PaperlessError } from '../../../../api/errors';
import { fullTextQuery } from '../../../../api/fullTextQuery';
import type { Query } from '../../../../api/httpTransport';
import type { Parameter, ValuesOf } from '../../../../toolkit/parameter';

export const searchParameters = [
	{
		displayName: 'Search',
		name: 'searchMode',
		type: 'options',
		options: [
			{ name: 'All Words', value: 'allWords', description: 'Documents that contain every word' },
			{
				name: 'Any Word',
				value: 'anyWord',
				description: 'Documents that contain at least one of the words',
			},
			{
				name: 'Exact Phrase',
				value: 'exactPhrase',
				description: 'Documents that contain the words next to each other',
			},
			{ name: 'None', value: 'none', description: 'No full text search, only filters' },
			{
				name: 'Paperless Query',
				value: 'paperlessQuery',
				description:
					'A query in the language of your server, sent unchanged. Write AND, OR and NOT: words without an operator mean all of them on 2.x and from 3.2 on, and any of them on 3.0 and 3.1. Only 2.x and 3.2 or later know wildcards such as inv*. The signs -, && and || mean something else on each version.',
			},
			{
				name: 'Similar Document',
				value: 'similar',
				description: 'Documents similar to a given one',
			},
		],
		default: 'none',
	},
	{
		displayName: 'Search Text',
		name: 'searchText',
		type: 'string',
		required: true,
		displayOptions: {
			show: { searchMode: ['allWords', 'anyWord', 'exactPhrase', 'paperlessQuery'] },
		},
		default: '',
		placeholder: 'e.g. water invoice',
	},
	{
		displayName: 'Document ID',
		name: 'similarTo',
		type: 'string',
		required: true,
		displayOptions: { show: { searchMode: ['similar'] } },
		default: '',
		placeholder: 'e.g. 123',
		description: 'Document to compare with',
	},
] as const satisfies readonly Parameter[];

type SearchValues = ValuesOf<typeof searchParameters>;

/** The part of the query that makes the server search its index; empty without a search. */
export function searchQuery({ searchMode, searchText, similarTo }: SearchValues): Query {
	if (searchMode === 'none') return {};
	if (searchMode === 'similar') {
		if (/^\d+$/.test(similarTo.trim())) return { more_like_id: similarTo.trim() };
		throw new PaperlessError('invalid', `“${similarTo}” is not the ID of a document`, {
			description: 'Check the expression in this field.',
			parameter: 'similarTo',
		});
	}
	const query = fullTextQuery(searchMode, searchText);
	if (query !== '') return { query };
	throw new PaperlessError('invalid', 'There are no words to search for', {
		description:
			'Enter words under “Search Text”, or set “Search” to None. Single letters and words such as “the” are ignored.',
		parameter: 'searchText',
	});
}
