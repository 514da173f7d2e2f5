import { PaperlessError } from '../../../api/errors';
import type { Kind } from '../../../api/names';
import type { Query } from '../../../api/transport';
import { instant, plainDate } from '../../../toolkit/dates';
import { namesOrIds, oneOf } from '../../../toolkit/choices';
import type { Context } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameters';
import { requiredReferences, toReference } from '../../../toolkit/references';
import { customFieldFilters, customFieldQuery } from './customFieldQuery';
import { orderingOfSavedView, queryOfSavedView } from '../../../api/savedViewRules';

/** Parameters that hold ids or names, and the server's filter that each becomes. */
const relations = {
	allCustomFields: { filter: 'custom_fields__id__all', kind: 'customField' },
	allTags: { filter: 'tags__id__all', kind: 'tag' },
	anyCustomFields: { filter: 'custom_fields__id__in', kind: 'customField' },
	anyTags: { filter: 'tags__id__in', kind: 'tag' },
	correspondents: { filter: 'correspondent__id__in', kind: 'correspondent' },
	documentTypes: { filter: 'document_type__id__in', kind: 'documentType' },
	excludeCorrespondents: { filter: 'correspondent__id__none', kind: 'correspondent' },
	excludeCustomFields: { filter: 'custom_fields__id__none', kind: 'customField' },
	excludeDocumentTypes: { filter: 'document_type__id__none', kind: 'documentType' },
	excludeOwners: { filter: 'owner__id__none', kind: 'user' },
	excludeStoragePaths: { filter: 'storage_path__id__none', kind: 'storagePath' },
	excludeTags: { filter: 'tags__id__none', kind: 'tag' },
	owners: { filter: 'owner__id__in', kind: 'user' },
	storagePaths: { filter: 'storage_path__id__in', kind: 'storagePath' },
} as const satisfies Record<string, { filter: string; kind: Kind }>;

/** `is…null` filters ask for the opposite of what people tick. */
const flags = {
	hasArchiveSerialNumber: { filter: 'archive_serial_number__isnull', negated: true },
	hasCorrespondent: { filter: 'correspondent__isnull', negated: true },
	hasCustomFields: { filter: 'has_custom_fields', negated: false },
	hasDocumentType: { filter: 'document_type__isnull', negated: true },
	hasOwner: { filter: 'owner__isnull', negated: true },
	hasStoragePath: { filter: 'storage_path__isnull', negated: true },
	hasTags: { filter: 'is_tagged', negated: false },
	inInbox: { filter: 'is_in_inbox', negated: false },
} as const;

const lookups = [
	{ name: 'Contains', value: 'icontains' },
	{ name: 'Ends With', value: 'iendswith' },
	{ name: 'Is', value: 'iexact' },
	{ name: 'Starts With', value: 'istartswith' },
] as const;

export const filterParameters = [
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: 'Documents must meet all of them',
		options: [
			namesOrIds('All Custom Field Names or IDs', 'allCustomFields', 'getCustomFields'),
			namesOrIds('All Tag Names or IDs', 'allTags', 'getTags'),
			namesOrIds('Any Custom Field Names or IDs', 'anyCustomFields', 'getCustomFields'),
			namesOrIds('Any Tag Names or IDs', 'anyTags', 'getTags'),
			namesOrIds('Correspondent Names or IDs', 'correspondents', 'getCorrespondents'),
			{
				displayName: 'Custom Field Query (JSON)',
				name: 'customFieldQuery',
				type: 'json',
				default: '',
				placeholder: 'e.g. ["AND", [["Due", "lt", "2024-06-01"], ["Paid", "exact", false]]]',
				description:
					'Query in the language of Paperless-ngx, beside the groups of Custom Field Filters',
			},
			namesOrIds('Document Type Names or IDs', 'documentTypes', 'getDocumentTypes'),
			namesOrIds(
				'Exclude Correspondent Names or IDs',
				'excludeCorrespondents',
				'getCorrespondents',
			),
			namesOrIds('Exclude Custom Field Names or IDs', 'excludeCustomFields', 'getCustomFields'),
			namesOrIds('Exclude Document Type Names or IDs', 'excludeDocumentTypes', 'getDocumentTypes'),
			namesOrIds('Exclude Owner Names or IDs', 'excludeOwners', 'getUsers'),
			namesOrIds('Exclude Storage Path Names or IDs', 'excludeStoragePaths', 'getStoragePaths'),
			namesOrIds('Exclude Tag Names or IDs', 'excludeTags', 'getTags'),
			{
				displayName: 'Has Archive Serial Number',
				name: 'hasArchiveSerialNumber',
				type: 'boolean',
				default: true,
				description: 'Whether the document has an archive serial number',
			},
			{
				displayName: 'Has Correspondent',
				name: 'hasCorrespondent',
				type: 'boolean',
				default: true,
				description: 'Whether the document has a correspondent',
			},
			{
				displayName: 'Has Custom Fields',
				name: 'hasCustomFields',
				type: 'boolean',
				default: true,
				description: 'Whether the document has any custom field',
			},
			{
				displayName: 'Has Document Type',
				name: 'hasDocumentType',
				type: 'boolean',
				default: true,
				description: 'Whether the document has a document type',
			},
			{
				displayName: 'Has Owner',
				name: 'hasOwner',
				type: 'boolean',
				default: true,
				description: 'Whether the document belongs to a user',
			},
			{
				displayName: 'Has Storage Path',
				name: 'hasStoragePath',
				type: 'boolean',
				default: true,
				description: 'Whether the document has a storage path',
			},
			{
				displayName: 'Has Tags',
				name: 'hasTags',
				type: 'boolean',
				default: true,
				description: 'Whether the document has any tag',
			},
			{
				displayName: 'IDs',
				name: 'ids',
				type: 'string',
				default: '',
				placeholder: 'e.g. 12, 34',
				description: 'Document IDs, separated by commas or as an array',
			},
			{
				displayName: 'In Inbox',
				name: 'inInbox',
				type: 'boolean',
				default: true,
				description: 'Whether the document has an inbox tag',
			},
			{
				displayName: 'MIME Type',
				name: 'mimeType',
				type: 'string',
				default: '',
				placeholder: 'e.g. application/pdf',
				description: 'Part of the type of the original file',
			},
			namesOrIds('Owner Names or IDs', 'owners', 'getUsers'),
			{
				...oneOf('Saved View', 'savedView', 'searchSavedViews', 'Open Invoices'),
				description: 'Filters of a saved view, and its sorting where none is set here',
			},
			{
				...oneOf('Shared By', 'sharedBy', 'searchUsers', 'clara'),
				description: 'Documents that belong to this user and are shared with others',
			},
			namesOrIds('Storage Path Names or IDs', 'storagePaths', 'getStoragePaths'),
		],
	},
	customFieldFilters,
	{
		displayName: 'Date Filters',
		name: 'dateFilters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Date Filter',
		default: {},
		options: [
			{
				displayName: 'Date Filter',
				name: 'rows',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						options: [
							{ name: 'Added', value: 'added' },
							{ name: 'Created', value: 'created' },
							{ name: 'Modified', value: 'modified' },
						],
						default: 'created',
					},
					{
						displayName: 'Condition',
						name: 'condition',
						type: 'options',
						options: [
							{ name: 'After', value: 'gt' },
							{ name: 'Before', value: 'lt' },
							{ name: 'In Month (1–12)', value: 'month' },
							{ name: 'In Year', value: 'year' },
							{ name: 'On', value: 'on' },
							{ name: 'On Day of Month', value: 'day' },
							{ name: 'On or After', value: 'gte' },
							{ name: 'On or Before', value: 'lte' },
						],
						default: 'gte',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. 2024-05-31',
						description:
							'A date, or a date with time for Added and Modified (2024-05-31T12:00:00); a number for year, month and day',
					},
				],
			},
		],
	},
	{
		displayName: 'Number Filters',
		name: 'numberFilters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Number Filter',
		default: {},
		options: [
			{
				displayName: 'Number Filter',
				name: 'rows',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						options: [{ name: 'Archive Serial Number', value: 'archive_serial_number' }],
						default: 'archive_serial_number',
					},
					{
						displayName: 'Condition',
						name: 'condition',
						type: 'options',
						options: [
							{ name: 'Greater Than', value: 'gt' },
							{ name: 'Greater Than or Equal', value: 'gte' },
							{ name: 'Is', value: 'is' },
							{ name: 'Less Than', value: 'lt' },
							{ name: 'Less Than or Equal', value: 'lte' },
						],
						default: 'is',
					},
					{ displayName: 'Value', name: 'value', type: 'number', default: 1 },
				],
			},
		],
	},
	{
		displayName: 'Text Filters',
		name: 'textFilters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Text Filter',
		default: {},
		description: 'Upper and lower case do not matter',
		options: [
			{
				displayName: 'Text Filter',
				name: 'rows',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						options: [
							{ name: 'Checksum', value: 'checksum' },
							{ name: 'Content', value: 'content' },
							{ name: 'Correspondent', value: 'correspondent__name' },
							{ name: 'Custom Field Name or Value', value: 'custom_fields' },
							{ name: 'Document Type', value: 'document_type__name' },
							{ name: 'Original File Name', value: 'original_filename' },
							{ name: 'Storage Path', value: 'storage_path__name' },
							{ name: 'Tag', value: 'tags__name' },
							{ name: 'Title', value: 'title' },
							{ name: 'Title or Content', value: 'title_content' },
							{ name: 'Title, Content or Correspondent (All Words)', value: 'search' },
						],
						default: 'title',
					},
					{
						displayName: 'Condition',
						name: 'condition',
						type: 'options',
						options: lookups,
						default: 'icontains',
					},
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	},
] as const satisfies readonly Parameter[];

export type FilterValues = ValuesOf<typeof filterParameters>;

type Entry = readonly [filter: string, value: string];

function filled(value: string, label: string): string {
	if (value.trim() !== '') return value.trim();
	throw new PaperlessError('invalid', `A filter on “${label}” is empty`, {
		description:
			'An empty filter would let every document pass. Enter a value, or remove the filter.',
	});
}

/** These two know no other comparison than “contains”. */
const containsOnly: Readonly<Record<string, string>> = {
	custom_fields: 'custom_fields__icontains',
	search: 'search',
	title_content: 'title_content',
};

function textEntries({ rows = [] }: FilterValues['textFilters']): Entry[] {
	return rows.map(({ field, condition, value }) => {
		const text = filled(value, field);
		const fixed = containsOnly[field];
		if (fixed !== undefined && condition !== 'icontains') {
			throw new PaperlessError('invalid', `“${field}” can only be searched by “Contains”`, {
				description: 'Choose the condition “Contains”, or another field.',
				parameter: 'textFilters',
			});
		}
		return [fixed ?? `${field}__${condition}`, text];
	});
}

function dateEntries({ rows = [] }: FilterValues['dateFilters'], timeZone: string): Entry[] {
	return rows.flatMap(({ field, condition, value }): Entry[] => {
		const text = filled(value, field);
		if (condition === 'year' || condition === 'month' || condition === 'day') {
			if (/^\d{1,4}$/.test(text)) return [[`${field}__${condition}`, text]];
			throw new PaperlessError('invalid', `“${text}” is not a ${condition}`, {
				description: 'Enter a whole number.',
				parameter: 'dateFilters',
			});
		}
		if (condition === 'on') {
			const date = plainDate(text, field);
			return [
				[`${field}__date__gte`, date],
				[`${field}__date__lte`, date],
			];
		}
		// `created` is a day without a time; a day is also meant where no time is written (§5.1).
		const dayOnly = field === 'created' || !text.includes('T');
		return dayOnly
			? [[`${field}__date__${condition}`, plainDate(text, field)]]
			: [[`${field}__${condition}`, instant(text, field, timeZone)]];
	});
}

const numberEntries = ({ rows = [] }: FilterValues['numberFilters']): Entry[] =>
	rows.map(({ field, condition, value }) => [
		condition === 'is' ? field : `${field}__${condition}`,
		String(value),
	]);

async function relationEntries(
	{ names }: Context,
	filters: FilterValues['filters'],
): Promise<Entry[]> {
	const set = Object.entries(relations).flatMap(([name, relation]) => {
		const value = filters[name as keyof typeof relations];
		return value === undefined ? [] : [{ name, value, ...relation }];
	});
	return await Promise.all(
		set.map(async ({ name, value, filter, kind }): Promise<Entry> => {
			const found = await Promise.all(
				requiredReferences(value, name).map(
					async (reference) => await names.find(kind, reference, name),
				),
			);
			return [filter, found.map(({ id }) => id).join(',')];
		}),
	);
}

const flagEntries = (filters: FilterValues['filters']): Entry[] =>
	Object.entries(flags).flatMap(([name, { filter, negated }]): Entry[] => {
		const value = filters[name as keyof typeof flags];
		return value === undefined ? [] : [[filter, String(value !== negated)]];
	});

function idEntries(ids: string | undefined): Entry[] {
	if (ids === undefined) return [];
	const given = filled(ids.replace(/[[\]"\s]/g, ''), 'IDs')
		.split(',')
		.filter(Boolean);
	if (given.length > 0 && given.every((id) => /^\d+$/.test(id)))
		return [['id__in', given.join(',')]];
	throw new PaperlessError('invalid', '“IDs” takes document IDs', {
		description: `It is “${ids}”. Separate them by commas, e.g. 12, 34.`,
		parameter: 'ids',
	});
}

function parsedQuery(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

async function customFieldEntries(
	context: Context,
	values: FilterValues,
	view: Query,
): Promise<Entry[]> {
	const { customFieldQuery: written } = values.filters;
	const own =
		written === undefined ? undefined : parsedQuery(filled(written, 'Custom Field Query'));
	if (written !== undefined && !Array.isArray(own)) {
		throw new PaperlessError('invalid', '“Custom Field Query (JSON)” is not readable', {
			description: 'Write a JSON array such as ["Paid", "exact", false].',
			parameter: 'customFieldQuery',
		});
	}
	const built = await customFieldQuery(context, values.customFieldFilters.groups ?? []);
	const viewed =
		view.custom_field_query === undefined ? undefined : parsedQuery(view.custom_field_query);
	const all = [own, built, viewed].filter((query) => query !== undefined);
	if (all.length === 0) return [];
	return [['custom_field_query', JSON.stringify(all.length > 1 ? ['AND', all] : all[0])]];
}

/** The server takes the last of two equal filters; which one was meant cannot be known. */
function withoutContradiction(entries: readonly Entry[]): Record<string, string> {
	const query: Record<string, string> = {};
	for (const [filter, value] of entries) {
		if (query[filter] !== undefined && query[filter] !== value) {
			throw new PaperlessError('invalid', `The filter “${filter}” is set twice`, {
				description: `Once to “${query[filter]}”, once to “${value}” (a saved view may have set it). Paperless-ngx takes one value of each.`,
			});
		}
		query[filter] = value;
	}
	return query;
}

export type Filtering = { query: Query; ordering: string | undefined };

/**
 * All conditions as the server's filters. A value that is empty or cannot be resolved is an
 * error: the server would ignore it and return every document (trap 7).
 */
export async function filtersFrom(context: Context, values: FilterValues): Promise<Filtering> {
	const { filters, dateFilters, numberFilters, textFilters } = values;
	const { ids, mimeType, savedView, sharedBy } = filters;
	const view =
		savedView &&
		(await context.names.find('savedView', toReference(savedView, 'Saved View'), 'savedView'));
	const viewQuery: Query = view ? queryOfSavedView(view) : {};
	const viewFilters = Object.entries(viewQuery).filter(
		([filter]) => filter !== 'custom_field_query',
	);
	const user =
		sharedBy && (await context.names.find('user', toReference(sharedBy, 'Shared By'), 'sharedBy'));
	return {
		query: withoutContradiction([
			...viewFilters,
			...(await relationEntries(context, filters)),
			...flagEntries(filters),
			...idEntries(ids),
			...(mimeType === undefined ? [] : [['mime_type', filled(mimeType, 'MIME Type')] as const]),
			...(user ? [['shared_by__id', String(user.id)] as const] : []),
			...textEntries(textFilters),
			...dateEntries(dateFilters, context.timeZone),
			...numberEntries(numberFilters),
			...(await customFieldEntries(context, values, viewQuery)),
		]),
		ordering: view && orderingOfSavedView(view),
	};
}
