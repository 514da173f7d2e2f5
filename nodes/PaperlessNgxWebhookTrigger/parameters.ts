import { customFieldFilters } from '../documents/filters/customFieldFilters';
import { contentParameters, outputParameters } from '../documents/output/outputParameters';
import { downloadChoices } from '../documents/output/downloadChoices';
import { namesOrIds, oneOf } from '../toolkit/parameterBuilders';
import type { Parameter, ValuesOf } from '../toolkit/parameters';

const [contentMaxLength, includeContent] = contentParameters;

const aboutDocuments = { show: { event: ['documentAdded', 'documentUpdated', 'scheduled'] } };
const aboutFiles = { show: { event: ['consumptionStarted'] } };
const aboutSchedules = { show: { event: ['scheduled'] } };

const fileName = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. *invoice*.pdf',
	description:
		'Name of the original file; * stands for anything, upper and lower case do not matter',
} as const;

export const webhookTriggerParameters = [
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		options: [
			{
				name: 'Consumption Started',
				value: 'consumptionStarted',
				description: 'A file is about to be consumed; there is no document yet',
			},
			{
				name: 'Document Added',
				value: 'documentAdded',
				description: 'A document was consumed, from whichever source',
			},
			{
				name: 'Document Updated',
				value: 'documentUpdated',
				description: 'A document was changed, except by a note',
			},
			{
				name: 'Scheduled',
				value: 'scheduled',
				description: 'A date of a document is reached; Paperless-ngx looks once an hour',
			},
		],
		default: 'documentAdded',
	},
	{
		displayName: 'Sources',
		name: 'sources',
		type: 'multiOptions',
		displayOptions: aboutFiles,
		options: [
			{ name: 'API Upload', value: 2 },
			{ name: 'Consume Folder', value: 1 },
			{ name: 'Mail', value: 3 },
			{ name: 'Web UI', value: 4 },
		],
		default: [1, 2, 3, 4],
		description: 'Where files come from',
	},
	{
		displayName: 'File Filters',
		name: 'fileFilters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: aboutFiles,
		description: 'Files must meet all of them',
		options: [
			fileName,
			{
				displayName: 'Mail Rule ID',
				name: 'mailRuleId',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 1,
				description: 'Only files that came in by this mail rule',
			},
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				default: '',
				placeholder: 'e.g. */scans/*',
				description: 'Path below the consume folder; * stands for anything',
			},
		],
	},
	{
		displayName: 'Date',
		name: 'dateField',
		type: 'options',
		displayOptions: aboutSchedules,
		options: [
			{ name: 'Added', value: 'added' },
			{ name: 'Created', value: 'created' },
			{ name: 'Custom Field', value: 'custom_field' },
			{ name: 'Modified', value: 'modified' },
		],
		default: 'added',
	},
	{
		...oneOf('Custom Field', 'dateCustomField', 'searchCustomFields', 'Due'),
		displayOptions: { show: { ...aboutSchedules.show, dateField: ['custom_field'] } },
		description: 'Field of the type date',
	},
	{
		displayName: 'Days After',
		name: 'offsetDays',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		displayOptions: aboutSchedules,
		default: 0,
		description:
			'Days between the date and the trigger; below 0 before the date (Paperless-ngx 2.16 or later)',
	},
	{
		displayName: 'Recurring',
		name: 'recurring',
		type: 'boolean',
		displayOptions: aboutSchedules,
		default: false,
		description: 'Whether to go on after the first time, instead of once a document',
	},
	{
		displayName: 'Interval in Days',
		name: 'intervalDays',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		displayOptions: { show: { ...aboutSchedules.show, recurring: [true] } },
		default: 1,
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: aboutDocuments,
		description: 'Documents must meet all of them; Paperless-ngx checks them before it calls',
		options: [
			namesOrIds('All Tag Names or IDs', 'allTags', 'getTags'),
			namesOrIds('Any Tag Names or IDs', 'anyTags', 'getTags'),
			{
				displayName: 'Case Insensitive',
				name: 'isInsensitive',
				type: 'boolean',
				default: true,
				description: 'Whether upper and lower case do not matter for Content',
			},
			{
				displayName: 'Content',
				name: 'match',
				type: 'string',
				default: '',
				description: 'What is looked for in the text of the document, by Content Matching',
			},
			{
				displayName: 'Content Matching',
				name: 'matchingAlgorithm',
				type: 'options',
				options: [
					{ name: 'All Words', value: 2 },
					{ name: 'Any Word', value: 1 },
					{ name: 'Exact', value: 3 },
					{ name: 'Fuzzy', value: 5 },
					{ name: 'Regular Expression', value: 4 },
				],
				default: 2,
			},
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
			namesOrIds('Exclude Document Type Names or IDs', 'excludeDocumentTypes', 'getDocumentTypes'),
			namesOrIds('Exclude Storage Path Names or IDs', 'excludeStoragePaths', 'getStoragePaths'),
			namesOrIds('Exclude Tag Names or IDs', 'excludeTags', 'getTags'),
			fileName,
			namesOrIds('Storage Path Names or IDs', 'storagePaths', 'getStoragePaths'),
		],
	},
	{ ...customFieldFilters, displayOptions: aboutDocuments },
	...outputParameters,
	{
		displayName: 'Download File',
		name: 'download',
		type: 'options',
		displayOptions: aboutDocuments,
		options: downloadChoices,
		default: 'none',
		description: 'Which file of the document to put into the field “data”',
	},
	{
		displayName: 'Test Delivery',
		name: 'testDelivery',
		type: 'boolean',
		default: false,
		description:
			'Whether Paperless-ngx must reach n8n before the workflow becomes active. It is sent a broken file for that, whose consumption fails; nothing is added.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: aboutDocuments,
		options: [contentMaxLength, includeContent],
	},
] as const satisfies readonly Parameter[];

export type WebhookTriggerParameters = typeof webhookTriggerParameters;
export type WebhookTriggerValues = ValuesOf<WebhookTriggerParameters>;
