import type { Parameter, ValuesOf } from '../../../../toolkit/parameters';
import { returnAllOrLimit } from '../../shared/listing';
import { filterParameters } from '../../../../documents/filterParameters';
import { contentParameters, outputParameters } from '../../../../documents/present';
import { sortParameter } from '../../../../documents/sorting';

const [contentMaxLength, includeContent] = contentParameters;

const searchParameters = [
	{
		displayName: 'Search',
		name: 'searchMode',
		type: 'options',
		options: [
			{ name: 'All Words', value: 'allWords', description: 'Documents in which every word occurs' },
			{
				name: 'Any Word',
				value: 'anyWord',
				description: 'Documents in which one of the words occurs',
			},
			{ name: 'Exact Phrase', value: 'exactPhrase', description: 'The words next to each other' },
			{ name: 'None', value: 'none', description: 'No full text search, only filters' },
			{
				name: 'Paperless Query',
				value: 'paperlessQuery',
				description: 'The query language of your server, sent as it is',
			},
			{
				name: 'Similar Document',
				value: 'similar',
				description: 'Documents with similar words as a given one',
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
		description: 'The document to which others shall be similar',
	},
] as const satisfies readonly Parameter[];

export const getManyParameters = [
	...searchParameters,
	...returnAllOrLimit,
	...filterParameters,
	sortParameter,
	...outputParameters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [contentMaxLength, includeContent],
	},
] as const satisfies readonly Parameter[];

export type GetManyValues = ValuesOf<typeof getManyParameters>;
