import { filterParameters } from '../documents/filterParameters';
import { contentParameters, outputParameters } from '../documents/output';
import type { Parameter, ValuesOf } from '../toolkit/parameters';

const [contentMaxLength, includeContent] = contentParameters;

export const triggerParameters = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'Document Added',
				value: 'documentAdded',
				description: 'A document was consumed, from whichever source',
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
		],
		default: ['newInboxDocument'],
	},
	...filterParameters,
	...outputParameters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			contentMaxLength,
			{
				displayName: 'Emit Existing',
				name: 'emitExisting',
				type: 'boolean',
				default: false,
				description:
					'Whether to begin with the documents that are there already, in portions over several polls',
			},
			includeContent,
		],
	},
] as const satisfies readonly Parameter[];

export type TriggerValues = ValuesOf<typeof triggerParameters>;
