import { skipOwn } from '../documents/skipOwn';
import type { Subject } from '../events/documentDiff';
import { optionsOf } from '../toolkit/optionsOf';
import { namesOrIds } from '../toolkit/parameterBuilders';
import type { Parameter } from '../toolkit/parameter';

/** The compiler demands a name for each subject that a change can be about. */
const subjects = {
	archive_serial_number: { label: 'Archive Serial Number' },
	content: {
		label: 'Content',
		description: 'The text; Paperless-ngx does not report it for documents that have versions',
	},
	correspondent: { label: 'Correspondent' },
	created: { label: 'Created' },
	custom_fields: { label: 'Custom Fields' },
	document_type: { label: 'Document Type' },
	notes: { label: 'Notes' },
	owner: { label: 'Owner' },
	restored: { label: 'Restored From Trash' },
	storage_path: { label: 'Storage Path' },
	tags: { label: 'Tags' },
	title: { label: 'Title' },
	versions: { label: 'Versions' },
} as const satisfies Record<Subject, { label: string; description?: string }>;

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
				options: optionsOf(subjects),
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
					'Whether to output what changed and who changed it; requests the history of each reported document',
			},
			namesOrIds('Removed Tag Names or IDs', 'removedTags', 'getTags'),
			skipOwn,
		],
	},
] as const satisfies readonly Parameter[];
