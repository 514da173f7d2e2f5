import { namesOrIds, oneOf, whether } from '../toolkit/parameterBuilders';
import type { Parameter, ValuesOf } from '../toolkit/parameter';
import { customFieldFilters } from './customFieldQuery';

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
			whether(
				'Has Archive Serial Number',
				'hasArchiveSerialNumber',
				'the document has an archive serial number',
			),
			whether('Has Correspondent', 'hasCorrespondent', 'the document has a correspondent'),
			whether('Has Custom Fields', 'hasCustomFields', 'the document has any custom field'),
			whether('Has Document Type', 'hasDocumentType', 'the document has a document type'),
			whether('Has Owner', 'hasOwner', 'the document belongs to a user'),
			whether('Has Storage Path', 'hasStoragePath', 'the document has a storage path'),
			whether('Has Tags', 'hasTags', 'the document has any tag'),
			{
				displayName: 'IDs',
				name: 'ids',
				type: 'string',
				default: '',
				placeholder: 'e.g. 12, 34',
				typeOptions: { isList: true },
				description: 'Document IDs, separated by commas or as an array',
			},
			whether('In Inbox', 'inInbox', 'the document has an inbox tag'),
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
