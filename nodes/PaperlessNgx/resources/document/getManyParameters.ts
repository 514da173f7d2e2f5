import type { Parameter, ValuesOf } from '../../../toolkit/parameters';
import { returnAllOrLimit } from '../shared/listing';
import { filterParameters } from '../../../documents/filterParameters';
import { contentParameters, outputParameters } from '../../../documents/output';

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

const sortParameter = {
	displayName: 'Sort',
	name: 'sort',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Sort Field',
	default: {},
	options: [
		{
			displayName: 'Sort Field',
			name: 'rows',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					options: [
						{ name: 'Added', value: 'added' },
						{ name: 'Archive Serial Number', value: 'archive_serial_number' },
						{ name: 'Correspondent', value: 'correspondent__name' },
						{ name: 'Created', value: 'created' },
						{ name: 'Custom Field', value: 'customField' },
						{ name: 'Document Type', value: 'document_type__name' },
						{ name: 'ID', value: 'id' },
						{ name: 'Modified', value: 'modified' },
						{ name: 'Number of Notes', value: 'num_notes' },
						{ name: 'Owner', value: 'owner' },
						{ name: 'Page Count', value: 'page_count' },
						{ name: 'Relevance', value: 'relevance' },
						{ name: 'Storage Path', value: 'storage_path__name' },
						{ name: 'Title', value: 'title' },
					],
					default: 'created',
				},
				{
					displayName: 'Custom Field Name or ID',
					name: 'customField',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'getCustomFields' },
					displayOptions: { show: { field: ['customField'] } },
					default: '',
					description:
						'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				{
					displayName: 'Direction',
					name: 'direction',
					type: 'options',
					options: [
						{ name: 'Ascending', value: 'ascending' },
						{ name: 'Descending', value: 'descending' },
					],
					default: 'ascending',
				},
			],
		},
	],
} as const satisfies Parameter;

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
