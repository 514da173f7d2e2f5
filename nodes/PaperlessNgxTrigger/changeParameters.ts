import { namesOrIds } from '../toolkit/parameterBuilders';
import type { Parameter } from '../toolkit/parameter';

/** Of updates only: what must have changed, and who must not have done it. */
export const changeParameters = [
	{
		displayName: 'Changes',
		name: 'changes',
		type: 'collection',
		placeholder: 'Add Condition',
		default: {},
		displayOptions: { show: { events: ['documentUpdated'] } },
		description: 'Which updates are reported: those that meet any of the conditions here',
		options: [
			namesOrIds('Added Tag Names or IDs', 'addedTags', 'getTags'),
			{
				displayName: 'Changed',
				name: 'changed',
				type: 'multiOptions',
				options: [
					{ name: 'Archive Serial Number', value: 'archive_serial_number' },
					{
						name: 'Content',
						value: 'content',
						description: 'The text; not told of documents that have versions',
					},
					{ name: 'Correspondent', value: 'correspondent' },
					{ name: 'Created', value: 'created' },
					{ name: 'Custom Fields', value: 'custom_fields' },
					{ name: 'Document Type', value: 'document_type' },
					{ name: 'Notes', value: 'notes' },
					{ name: 'Owner', value: 'owner' },
					{ name: 'Restored From Trash', value: 'restored' },
					{ name: 'Storage Path', value: 'storage_path' },
					{ name: 'Tags', value: 'tags' },
					{ name: 'Title', value: 'title' },
					{ name: 'Versions', value: 'versions' },
				],
				default: [],
				description: 'What must have changed; any of these is enough',
			},
			namesOrIds('Changed Custom Field Names or IDs', 'changedCustomFields', 'getCustomFields'),
			{
				displayName: 'Include Changes',
				name: 'include',
				type: 'boolean',
				default: true,
				description:
					'Whether to say what changed and who did it; asks for the history of each updated document',
			},
			namesOrIds('Removed Tag Names or IDs', 'removedTags', 'getTags'),
			{
				displayName: 'Skip Changes Made by Me',
				name: 'skipOwn',
				type: 'boolean',
				default: true,
				description:
					'Whether to leave out what the user of this credential did, so that a workflow does not start itself',
			},
		],
	},
] as const satisfies readonly Parameter[];
