import type { DocumentChanges } from '../../../../api/schemas/document';
import {
	createIfMissing,
	customFieldsParameter,
	documentFields,
} from '../../../../documents/documentFields';
import { customFieldChanges, keepExistingValues } from '../../../../documents/customFieldChanges';
import { skipUnfitValues } from '../../../../documents/encodeCustomFields';
import { documentParameter } from '../../../../documents/documentParameter';
import { ownerOfCreated } from '../../../../documents/ownerOfCreated';
import type { Parameter, ValuesOf } from '../../../../toolkit/parameter';
import { namesOrIds, optionsParameter } from '../../../../toolkit/parameterBuilders';
import { clearParameter } from '../../capabilities/clearParameter';
import { permissionsParameter } from '../../shared/permissions';

type Clearable = {
	[Field in keyof DocumentChanges]: {
		label: string;
		description?: string;
		/** What the server accepts as empty */
		empty: DocumentChanges[Field];
	};
};

const nobody = { users: [], groups: [] };

export const clearableFields = {
	archive_serial_number: { label: 'Archive Serial Number', empty: null },
	correspondent: { label: 'Correspondent', empty: null },
	document_type: { label: 'Document Type', empty: null },
	owner: { label: 'Owner', description: 'Makes the document visible to everybody', empty: null },
	set_permissions: {
		label: 'Permissions',
		description: 'Removes what was granted to others',
		empty: { view: nobody, change: nobody },
	},
	storage_path: { label: 'Storage Path', empty: null },
	tags: { label: 'Tags', empty: [] },
} satisfies Clearable;

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
			...documentFields,
			namesOrIds('Add Tag Names or IDs', 'addTags', 'getTags'),
			clearParameter(clearableFields),
			...customFieldChanges,
			{
				displayName: 'Content',
				name: 'content',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
				placeholder: 'e.g. Invoice no. 2024-051',
				description: 'The text of the document, instead of the text that OCR found',
			},
			namesOrIds('Remove Custom Field Names or IDs', 'removeCustomFields', 'getCustomFields'),
			{
				displayName: 'Remove Inbox Tags',
				name: 'removeInboxTags',
				type: 'boolean',
				default: false,
				description: 'Whether to take the document out of the inbox; tags below an inbox tag stay',
			},
			namesOrIds('Remove Tag Names or IDs', 'removeTags', 'getTags'),
			namesOrIds('Set Tag Names or IDs', 'setTags', 'getTags'),
		],
	},
	customFieldsParameter,
	permissionsParameter,
	optionsParameter([
		createIfMissing,
		keepExistingValues,
		ownerOfCreated,
		{
			displayName: 'Replace All Custom Fields',
			name: 'replaceCustomFields',
			type: 'boolean',
			default: false,
			description: 'Whether to remove the custom fields that are not set here',
		},
		skipUnfitValues,
	]),
] as const satisfies readonly Parameter[];

export type UpdateValues = ValuesOf<typeof updateParameters>;
