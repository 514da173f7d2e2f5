import { PaperlessError } from '../api/errors';
import type { Query } from '../api/httpTransport';
import type { Context } from '../toolkit/operation';
import type { Parameter, ValuesOf } from '../toolkit/parameter';
import { rowTitle } from '../toolkit/rowTitle';
import { fieldReference } from './fieldReference';
import { asksIndex } from './filters/filtersFrom';
import { nameOrId } from '../toolkit/parameterBuilders';

export const sortParameter = {
	displayName: 'Sort',
	name: 'sort',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		fixedCollection: { itemTitle: rowTitle('field', 'customField', 'direction') },
		sortable: true,
	},
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
					...nameOrId('Custom Field Name or ID', 'customField', 'getCustomFields'),
					displayOptions: { show: { field: ['customField'] } },
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

type SortValues = ValuesOf<readonly [typeof sortParameter]>['sort'];
type SortRow = NonNullable<SortValues['rows']>[number];

const rejected = (description: string) =>
	new PaperlessError('invalid', 'Paperless-ngx cannot sort like this', {
		description,
		parameter: 'sort',
	});

/** The field of a row in the server's words, e.g. `-created`. */
async function sortField(
	{ api, names }: Context,
	{ field, customField, direction }: SortRow,
): Promise<string> {
	if (field === 'storage_path__name') await api.require('sortByStoragePath');
	const sign = direction === 'descending' ? '-' : '';
	if (field !== 'customField') return sign + field;
	const reference = fieldReference(customField, 'sort');
	if (reference === undefined) throw rejected('A sort field names no custom field. Choose one.');
	const { id } = await names.find('customField', reference, 'sort');
	return `${sign}custom_field_${id}`;
}

const customFieldPattern = /^-?custom_field_\d+$/;

/** Breaks ties by the id, so that no page repeats or loses a document. */
function withTieBreaker(fields: readonly string[]): string[] {
	const isUnique = fields.some((field) => field === 'id' || field === '-id');
	// The server accepts a custom field only without a second field
	// (docs/paperless-api.md#search-order).
	if (isUnique || fields.some((field) => customFieldPattern.test(field))) return [...fields];
	return [...fields, fields.at(-1)?.startsWith('-') ? '-id' : 'id'];
}

/**
 * The `ordering` that the user wants, else that of the saved view, else the newest documents
 * first. A full text search is sorted by relevance unless a field is given, and by one field at
 * most (docs/paperless-api.md#ordering).
 */
export async function ordering(
	context: Context,
	{ rows = [] }: SortValues,
	{ query, view }: { query: Query; view: string | undefined },
): Promise<Query> {
	const fields = await Promise.all(
		rows.filter(({ field }) => field !== 'relevance').map((row) => sortField(context, row)),
	);
	const isSearch = asksIndex(query);
	const byRelevance = fields.length < rows.length;
	if (byRelevance && (!isSearch || fields.length > 0)) {
		throw rejected('Relevance needs a full text search and cannot be combined with other fields.');
	}
	const needsOneField = isSearch || fields.some((field) => customFieldPattern.test(field));
	if (needsOneField && fields.length > 1) {
		throw rejected('Custom fields and full text searches can only be sorted by one field.');
	}
	if (isSearch) {
		const field = byRelevance ? undefined : (fields[0] ?? view);
		return field === undefined ? {} : { ordering: field };
	}
	const wanted = fields.length > 0 ? fields : [view ?? '-created'];
	return { ordering: withTieBreaker(wanted).join(',') };
}
