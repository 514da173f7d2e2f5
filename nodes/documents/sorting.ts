import { PaperlessError } from '../api/errors';
import type { Query } from '../api/httpTransport';
import { asksIndex } from './filters';
import type { Context } from '../toolkit/operation';
import { toReferences } from '../toolkit/references';
import type { Parameter, ValuesOf } from '../toolkit/parameter';

export const sortParameter = {
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

type SortValue = ValuesOf<readonly [typeof sortParameter]>['sort'];

type Sorting = { fields: string[]; byRelevance: boolean };

async function sortFields({ api, names }: Context, { rows = [] }: SortValue): Promise<Sorting> {
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
	if (isSearch) {
		const field = byRelevance ? undefined : (fields[0] ?? view);
		return field === undefined ? {} : { ordering: field };
	}
	if (special) return { ordering: fields.join(',') };
	const wanted = fields.length > 0 ? fields : [view ?? '-created'];
	const tie = wanted.some((field) => /^-?(id|custom_field_\d+)$/.test(field))
		? []
		: [wanted.at(-1)?.startsWith('-') ? '-id' : 'id'];
	return { ordering: [...wanted, ...tie].join(',') };
}

/** The order that the user wants, else that of the saved view, else the newest first. */
export async function ordering(
	context: Context,
	sort: SortValue,
	{ query, view }: { query: Query; view: string | undefined },
): Promise<Query> {
	return orderingQuery(await sortFields(context, sort), view, asksIndex(query));
}
