import type { Subject } from '../events/documentDiff';
import { optionsFrom } from '../toolkit/optionsFrom';
import { namesOrIds } from '../toolkit/parameterBuilders';
import type { Parameter } from '../toolkit/parameter';

/** The compiler demands a name for each subject that a change can be about. */
const subjects = {
	archive_serial_number: { name: 'Archive Serial Number' },
	content: {
		name: 'Content',
		description: 'The text; Paperless-ngx does not report it for documents that have versions',
	},
	correspondent: { name: 'Correspondent' },
	created: { name: 'Created' },
	custom_fields: { name: 'Custom Fields' },
	document_type: { name: 'Document Type' },
	notes: { name: 'Notes' },
	owner: { name: 'Owner' },
	restored: { name: 'Restored From Trash' },
	storage_path: { name: 'Storage Path' },
	tags: { name: 'Tags' },
	title: { name: 'Title' },
	versions: { name: 'Versions' },
} as const satisfies Record<Subject, { name: string; description?: string }>;

/** Settings for updates: which changes to report, and whose. */
export const changeParameters = [
	{
		displayName: 'Changes',
		name: 'changes',
		type: 'collection',
		rejectsEmpty: true,
		placeholder: 'Add Condition',
		default: {},
		displayOptions: { show: { events: ['documentUpdated'] } },
		description: 'Which updates to report: an update must meet at least one of these conditions',
		options: [
			namesOrIds('Added Tag Names or IDs', 'addedTags', 'getTags'),
			{
				displayName: 'Changed',
				name: 'changed',
				type: 'multiOptions',
				options: optionsFrom(subjects),
				default: [],
				description: 'What must have changed; any one of these is enough',
			},
			namesOrIds('Changed Custom Field Names or IDs', 'changedCustomFields', 'getCustomFields'),
			{
				displayName: 'Include Changes',
				name: 'include',
				type: 'boolean',
				default: true,
				description:
					'Whether to output what changed and who changed it; requests the history of each updated document',
			},
			namesOrIds('Removed Tag Names or IDs', 'removedTags', 'getTags'),
			{
				displayName: 'Skip Changes Made by Me',
				name: 'skipOwn',
				type: 'boolean',
				default: true,
				description:
					'Whether to skip changes made by the user of this credential, so that a workflow does not trigger itself',
			},
		],
	},
] as const satisfies readonly Parameter[];
