import { fullTextQuery } from '../../../api/fullText';
import { PaperlessError } from '../../../api/errors';
import type { Query } from '../../../api/transport';
import type { Context } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameters';
import { toReferences } from '../../../toolkit/references';
import { filterParameters, filtersFrom } from './filters';
import type { Presentation } from './output';
import { contentParameters, fieldsQuery, outputParameters, present } from './output';

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

const parameters = [
	...searchParameters,
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
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

type Values = ValuesOf<typeof parameters>;

function searchQuery({ searchMode, searchText, similarTo }: Values): Query {
	if (searchMode === 'none') return {};
	if (searchMode === 'similar') {
		if (/^\d+$/.test(similarTo.trim())) return { more_like_id: similarTo.trim() };
		throw new PaperlessError('invalid', `“${similarTo}” is not the ID of a document`, {
			description: 'Check the expression that fills the field.',
			parameter: 'similarTo',
		});
	}
	const query = fullTextQuery(searchMode, searchText);
	if (query !== '') return { query };
	throw new PaperlessError('invalid', 'There are no words to search for', {
		description: 'Enter some under “Search Text”, or set “Search” to None.',
		parameter: 'searchText',
	});
}

type Sorting = { fields: string[]; byRelevance: boolean };

async function sorting({ api, names }: Context, { rows = [] }: Values['sort']): Promise<Sorting> {
	const fields = await Promise.all(
		rows
			.filter(({ field }) => field !== 'relevance')
			.map(async ({ field, customField, direction }) => {
				if (field === 'storage_path__name') (await api.server()).require('sortByStoragePath');
				const sign = direction === 'descending' ? '-' : '';
				if (field !== 'customField') return sign + field;
				const [reference] = toReferences(customField, 'Custom Field');
				const { id } = await names.find('customField', reference ?? '', 'sort');
				return `${sign}custom_field_${id}`;
			}),
	);
	return { fields, byRelevance: rows.some(({ field }) => field === 'relevance') };
}

/**
 * How the server shall sort. Equal rows are told apart by the id, so that no page repeats or
 * loses one; neither full text search nor a custom field take a second field (§2.2, §4.4).
 */
function orderingQuery(
	{ fields, byRelevance }: Sorting,
	view: string | undefined,
	isSearch: boolean,
): Query {
	const special = fields.some((field) => field.includes('custom_field_'));
	if (
		(byRelevance && (!isSearch || fields.length > 0)) ||
		(fields.length > 1 && (special || isSearch))
	) {
		throw new PaperlessError('invalid', 'Paperless-ngx cannot sort like this', {
			description: byRelevance
				? 'Relevance stands alone and needs a full text search.'
				: 'Custom fields and full text searches are sorted by one field only.',
			parameter: 'sort',
		});
	}
	if (isSearch) return fields[0] && !byRelevance ? { ordering: fields[0] } : {};
	if (special) return { ordering: fields.join(',') };
	const wanted = fields.length > 0 ? fields : [view ?? '-created'];
	const tie = wanted.some((field) => /^-?(id|custom_field_\d+)$/.test(field))
		? []
		: [wanted.at(-1)?.startsWith('-') ? '-id' : 'id'];
	return { ordering: [...wanted, ...tie].join(',') };
}

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many documents',
	description: 'Find documents by full text, filters, custom fields or a saved view',
	access: 'read',
	parameters,
	async execute(context, values) {
		const { limit, options, output, returnAll, selectedFields } = values;
		const presentation: Presentation = {
			output,
			selectedFields,
			includeContent:
				options.includeContent ?? (output === 'selected' && selectedFields.includes('content')),
			contentMaxLength: options.contentMaxLength,
		};
		const search = searchQuery(values);
		const [filtering, sort] = await Promise.all([
			filtersFrom(context, values),
			sorting(context, values.sort),
		]);
		const isSearch = ['query', 'more_like_id', 'text', 'title_search'].some(
			(name) => name in search || name in filtering.query,
		);
		const documents = await context.api.documents.list(
			{
				...filtering.query,
				...search,
				...orderingQuery(sort, filtering.ordering, isSearch),
				...fieldsQuery(presentation),
			},
			{ limit: returnAll ? undefined : limit },
		);
		return (await present(context, documents, presentation)).map((json) => ({ json }));
	},
});
