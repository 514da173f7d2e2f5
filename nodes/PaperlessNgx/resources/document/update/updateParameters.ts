import { namesOrIds } from '../../../../toolkit/parameterBuilders';
import type { Parameter, ValuesOf } from '../../../../toolkit/parameters';
import { permissionsParameter } from '../../shared/permissions';
import {
	createIfMissing,
	customFieldsParameter,
	documentFields,
} from '../../../../documents/documentFields';
import { documentParameter } from '../../../../documents/locate';

export const updateParameters = [
	documentParameter,
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Fields that are not added here stay as they are',
		options: [
			namesOrIds('Add Tag Names or IDs', 'addTags', 'getTags'),
			...documentFields.slice(0, 1),
			{
				displayName: 'Clear',
				name: 'clear',
				type: 'multiOptions',
				options: [
					{ name: 'Archive Serial Number', value: 'archive_serial_number' },
					{ name: 'Correspondent', value: 'correspondent' },
					{ name: 'Document Type', value: 'document_type' },
					{ name: 'Owner', value: 'owner', description: 'Makes the document visible to everybody' },
					{
						name: 'Permissions',
						value: 'set_permissions',
						description: 'Takes away what was granted to others',
					},
					{ name: 'Storage Path', value: 'storage_path' },
					{ name: 'Tags', value: 'tags' },
				],
				default: [],
				description: 'Fields to empty; an empty value elsewhere leaves its field alone',
			},
			{
				displayName: 'Content',
				name: 'content',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
				description: 'The text of the document, in place of what OCR found',
			},
			...documentFields.slice(1, 5),
			namesOrIds('Remove Custom Field Names or IDs', 'removeCustomFields', 'getCustomFields'),
			{
				displayName: 'Remove Inbox Tags',
				name: 'removeInboxTags',
				type: 'boolean',
				default: false,
				description: 'Whether to take the document out of the inbox',
			},
			namesOrIds('Remove Tag Names or IDs', 'removeTags', 'getTags'),
			namesOrIds('Set Tag Names or IDs', 'setTags', 'getTags'),
			...documentFields.slice(5),
		],
	},
	customFieldsParameter,
	permissionsParameter,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			createIfMissing,
			{
				displayName: 'Replace All Custom Fields',
				name: 'replaceCustomFields',
				type: 'boolean',
				default: false,
				description: 'Whether to remove the custom fields that are not set here',
			},
		],
	},
] as const satisfies readonly Parameter[];

export type UpdateValues = ValuesOf<typeof updateParameters>;
