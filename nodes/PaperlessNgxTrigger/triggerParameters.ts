import { filtersParameter } from '../documents/filters/filtersParameter';
import { contentParameters, outputParameters } from '../documents/output/outputParameters';
import { downloadChoices } from '../documents/output/downloadChoices';
import type { EventName } from '../events/events';
import { optionsOf } from '../toolkit/optionsOf';
import type { Parameter, ValuesOf } from '../toolkit/parameter';
import { notice, optionsParameter } from '../toolkit/parameterBuilders';
import { changeParameters } from './changeParameters';

const [contentMaxLength, includeContent] = contentParameters;

/** The compiler demands a text for each event. */
const eventTexts = {
	consumptionFailed: {
		label: 'Consumption Failed',
		description: 'A file could not be consumed; includes the reason',
	},
	documentAdded: {
		label: 'Document Added',
		description: 'A document was consumed, from any source',
	},
	documentDeleted: {
		label: 'Document Deleted',
		description: 'A document was moved to the trash',
	},
	documentMatchesFilter: {
		label: 'Document Matches Filter',
		description: 'A document started to match the filters below, e.g. a saved view',
	},
	documentNoLongerMatches: {
		label: 'Document No Longer Matches',
		description: 'A document stopped matching the filters below',
	},
	documentUpdated: {
		label: 'Document Updated',
		description: 'A document, its tags, its custom fields or its notes changed',
	},
	newInboxDocument: {
		label: 'New Inbox Document',
		description: 'A document entered the inbox, by consumption or because it got an inbox tag',
	},
	newVersionAvailable: {
		label: 'New Version Available',
		description: 'A newer release of Paperless-ngx is available; checked once per day',
	},
	storageLow: {
		label: 'Storage Low',
		description: 'The server is low on storage; checked at most every 2 minutes',
	},
	systemStatusChanged: {
		label: 'System Status Changed',
		description:
			'Database, Redis, Celery, index, classifier or sanity check changed between healthy and unhealthy; checked at most every 5 minutes',
	},
	taskFailed: {
		label: 'Task Failed',
		description:
			'Work of the server other than consumption did not succeed, e.g. a bulk update; includes the reason. Needs Paperless-ngx 3.0.',
	},
} as const satisfies Record<EventName, { label: string; description: string }>;

export const eventOptions = optionsOf(eventTexts);

export const triggerParameters = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: eventOptions,
		default: ['newInboxDocument'],
	},
	{
		displayName: 'Free Storage Below',
		name: 'storageThreshold',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		displayOptions: { show: { events: ['storageLow'] } },
		description: 'Storage is low when less than this is free',
	},
	{
		displayName: 'Unit',
		name: 'storageUnit',
		type: 'options',
		displayOptions: { show: { events: ['storageLow'] } },
		options: [
			{ name: 'GB', value: 'gigabytes' },
			{ name: 'Percent', value: 'percent' },
		],
		default: 'gigabytes',
	},
	...changeParameters,
	filtersParameter,
	...outputParameters,
	optionsParameter([
		{
			displayName: 'After a Break',
			name: 'afterBreak',
			type: 'options',
			options: [
				{
					name: 'Catch Up',
					value: 'catchUp',
					description: 'Report what happened while the workflow was inactive',
				},
				{
					name: 'Start Over',
					value: 'startOver',
					description: 'Report only what happens after the workflow is published',
				},
			],
			default: 'catchUp',
			description: 'What to do when the workflow is published again',
		},
		{
			displayName: 'After a Restart',
			name: 'afterRestart',
			type: 'options',
			options: [
				{
					name: 'Continue',
					value: 'continue',
					description: 'At most once: a crash at the moment of an event may lose the event',
				},
				{
					name: 'Repeat Last Batch',
					value: 'repeatLastBatch',
					description:
						'At least once: the last events are reported again with the same IDs, for Remove Duplicates',
				},
			],
			default: 'continue',
			description: 'What to do when n8n was restarted, after a crash or not',
		},
		contentMaxLength,
		{
			displayName: 'Documents per Poll',
			name: 'documentsPerPoll',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 10_000, numberPrecision: 0 },
			default: 200,
			description:
				'How many changed documents a poll reports at most; the next polls report the others. Without this option at most 10,000, and 200 with files.',
		},
		{
			displayName: 'Download File',
			name: 'download',
			type: 'options',
			options: downloadChoices,
			default: 'archived',
			description: 'Which file of the document to put into the field “data”',
		},
		{
			displayName: 'Emit Existing',
			name: 'emitExisting',
			type: 'boolean',
			default: false,
			description:
				'Whether to start with the documents that already exist, in batches over several polls',
		},
		{
			displayName: 'Inbox: New Documents Only',
			name: 'inboxNewOnly',
			type: 'boolean',
			default: true,
			description: 'Whether to skip documents that existed before and entered the inbox later',
		},
		includeContent,
	]),
	notice(
		'existingNotice',
		'Every document that exists already and matches the filters runs the workflow once.',
		{ '/options.emitExisting': [true] },
	),
] as const satisfies readonly Parameter[];

export type TriggerParameters = typeof triggerParameters;
export type TriggerValues = ValuesOf<TriggerParameters>;
