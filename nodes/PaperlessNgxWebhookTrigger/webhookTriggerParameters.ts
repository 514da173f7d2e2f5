import { customFieldConditions } from '../documents/filters/customFieldConditions';
import { contentParameters, outputParameters } from '../documents/output/outputParameters';
import { downloadChoices } from '../documents/output/downloadChoices';
import { skipOwn } from '../documents/skipOwn';
import { optionsOf } from '../toolkit/optionsOf';
import type { Parameter, ValuesOf } from '../toolkit/parameter';
import { namesOrIds, oneOf, optionsParameter } from '../toolkit/parameterBuilders';
import type { WebhookCall, WebhookHost } from '../toolkit/webhookHost';
import type { triggerTypes } from '../api/triggerTypes';
import { matchingAlgorithms, sources } from '../api/triggerTypes';

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
	description: 'Name of the original file; * matches any characters, and case is ignored',
} as const;

/** The compiler demands a text for each type of trigger. */
const eventTexts = {
	consumptionStarted: {
		label: 'Consumption Started',
		description: 'A file is about to be consumed; the document does not exist yet',
	},
	documentAdded: {
		label: 'Document Added',
		description: 'A document was consumed, from any source',
	},
	documentUpdated: {
		label: 'Document Updated',
		description: 'A document was changed, except by a note',
	},
	scheduled: {
		label: 'Scheduled',
		description: 'A date of a document was reached; Paperless-ngx checks once per hour',
	},
} as const satisfies Record<keyof typeof triggerTypes, { label: string; description: string }>;

export const eventOptions = optionsOf(eventTexts);

export const webhookTriggerParameters = [
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		options: eventOptions,
		default: 'documentAdded',
	},
	{
		displayName: 'Sources',
		name: 'sources',
		type: 'multiOptions',
		displayOptions: aboutFiles,
		options: [
			{ name: 'API Upload', value: sources.apiUpload },
			{ name: 'Consume Folder', value: sources.consumeFolder },
			{ name: 'Mail', value: sources.mail },
			{ name: 'Web UI', value: sources.webUi },
		],
		default: [sources.consumeFolder, sources.apiUpload, sources.mail, sources.webUi],
		description: 'Where files come from',
	},
	{
		displayName: 'File Filters',
		name: 'fileFilters',
		type: 'collection',
		rejectsEmpty: true,
		placeholder: 'Add Filter',
		default: {},
		displayOptions: aboutFiles,
		description: 'Files must match all of these filters',
		options: [
			fileName,
			{
				displayName: 'Mail Rule ID',
				name: 'mailRuleId',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 1,
				description: 'Only files that were fetched by this mail rule',
			},
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				default: '',
				placeholder: 'e.g. */scans/*',
				description: 'Path below the consume folder; * matches any characters',
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
		description: 'A custom field of the type date',
	},
	{
		displayName: 'Days After',
		name: 'offsetDays',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		displayOptions: aboutSchedules,
		default: 0,
		description:
			'Days between the date and the trigger; negative for days before the date (Paperless-ngx 2.16 or later)',
	},
	{
		displayName: 'Recurring',
		name: 'recurring',
		type: 'boolean',
		displayOptions: aboutSchedules,
		default: false,
		description: 'Whether to trigger repeatedly instead of once per document',
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
		rejectsEmpty: true,
		placeholder: 'Add Filter',
		default: {},
		displayOptions: aboutDocuments,
		description:
			'Documents must match all of these filters; Paperless-ngx checks them before it calls n8n',
		options: [
			namesOrIds('All Tag Names or IDs', 'allTags', 'getTags'),
			namesOrIds('Any Tag Names or IDs', 'anyTags', 'getTags'),
			{
				displayName: 'Case Insensitive',
				name: 'isInsensitive',
				type: 'boolean',
				default: true,
				description: 'Whether to ignore case when matching Content',
			},
			{
				displayName: 'Content',
				name: 'match',
				type: 'string',
				default: '',
				placeholder: 'e.g. final reminder',
				description: 'What to look for in the text of the document; Content Matching says how',
			},
			{
				displayName: 'Content Matching',
				name: 'matchingAlgorithm',
				type: 'options',
				options: [
					{ name: 'All Words', value: matchingAlgorithms.allWords },
					{ name: 'Any Word', value: matchingAlgorithms.anyWord },
					{ name: 'Exact', value: matchingAlgorithms.exact },
					{ name: 'Fuzzy', value: matchingAlgorithms.fuzzy },
					{ name: 'Regular Expression', value: matchingAlgorithms.regularExpression },
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
					'Query in the language of Paperless-ngx, in addition to Custom Field Conditions',
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
			customFieldConditions,
			fileName,
			namesOrIds('Storage Path Names or IDs', 'storagePaths', 'getStoragePaths'),
		],
	},
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
			'Whether Paperless-ngx must reach n8n before the workflow is published. To prove it, a broken file is sent to Paperless-ngx; its consumption fails, and no document is added.',
	},
	{
		...optionsParameter([
			contentMaxLength,
			includeContent,
			{ ...skipOwn, displayOptions: { show: { '/event': ['documentUpdated'] } } },
		]),
		displayOptions: aboutDocuments,
	},
] as const satisfies readonly Parameter[];

export type WebhookTriggerParameters = typeof webhookTriggerParameters;
export type WebhookTriggerValues = ValuesOf<WebhookTriggerParameters>;
export type WebhookTriggerHost = WebhookHost<WebhookTriggerParameters>;
export type WebhookTriggerCall = WebhookCall<WebhookTriggerParameters>;
