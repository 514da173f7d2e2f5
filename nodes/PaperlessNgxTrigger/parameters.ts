import { filterParameters } from '../documents/filters/filterParameters';
import { contentParameters, outputParameters } from '../documents/output/outputParameters';
import { downloadChoices } from '../documents/output/downloadChoices';
import type { Parameter, ValuesOf } from '../toolkit/parameters';
import { changeParameters } from './changeParameters';

const [contentMaxLength, includeContent] = contentParameters;

export const triggerParameters = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'Consumption Failed',
				value: 'consumptionFailed',
				description: 'A file did not become a document; with the reason',
			},
			{
				name: 'Document Added',
				value: 'documentAdded',
				description: 'A document was consumed, from whichever source',
			},
			{
				name: 'Document Deleted',
				value: 'documentDeleted',
				description: 'A document was moved to the trash',
			},
			{
				name: 'Document Matches Filter',
				value: 'documentMatchesFilter',
				description: 'A document begins to meet the filters below, e.g. a saved view',
			},
			{
				name: 'Document No Longer Matches',
				value: 'documentNoLongerMatches',
				description: 'A document that met the filters below does so no more',
			},
			{
				name: 'Document Updated',
				value: 'documentUpdated',
				description: 'A document, its tags, fields or notes were changed',
			},
			{
				name: 'New Inbox Document',
				value: 'newInboxDocument',
				description: 'A document came into the inbox, by consumption or by getting an inbox tag',
			},
			{
				name: 'New Version Available',
				value: 'newVersionAvailable',
				description: 'There is a newer release of Paperless-ngx; asked for once a day',
			},
			{
				name: 'Storage Low',
				value: 'storageLow',
				description: 'The server runs out of storage; asked for every 2 minutes at most',
			},
			{
				name: 'System Status Changed',
				value: 'systemStatusChanged',
				description:
					'Database, Redis, Celery, index, classifier or sanity check turned well or bad; asked for every 5 minutes at most',
			},
		],
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
	...filterParameters,
	...outputParameters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'After a Break',
				name: 'afterBreak',
				type: 'options',
				options: [
					{
						name: 'Catch Up',
						value: 'catchUp',
						description: 'Report what happened while the workflow was not active',
					},
					{
						name: 'Start Afresh',
						value: 'startAfresh',
						description: 'Report only what happens from the activation on',
					},
				],
				default: 'catchUp',
				description: 'What to do when the workflow is activated again',
			},
			{
				displayName: 'After a Restart',
				name: 'afterRestart',
				type: 'options',
				options: [
					{
						name: 'Go On',
						value: 'goOn',
						description: 'At most once: a crash at the moment of an event may lose it',
					},
					{
						name: 'Repeat What Was Found Last',
						value: 'repeatLast',
						description:
							'At least once: the last events come again with the same IDs, for Remove Duplicates',
					},
				],
				default: 'goOn',
				description: 'What to do when n8n was started again, after a crash or not',
			},
			contentMaxLength,
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
					'Whether to begin with the documents that are there already, in portions over several polls',
			},
			{
				displayName: 'Inbox: New Documents Only',
				name: 'inboxNewOnly',
				type: 'boolean',
				default: true,
				description:
					'Whether to leave out documents that were there before and came into the inbox later',
			},
			includeContent,
		],
	},
] as const satisfies readonly Parameter[];

export type TriggerValues = ValuesOf<typeof triggerParameters>;
