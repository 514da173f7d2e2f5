import { PaperlessError } from '../../../api/errors';
import { namesOrIds, oneOf } from '../../../toolkit/parameterBuilders';
import type { Context, Resource } from '../../../toolkit/operation';
import type { Locator, Parameter } from '../../../toolkit/parameters';
import { toReference, toReferences } from '../../../toolkit/references';
import { encodeCustomFields } from '../../../documents/customFields';
import { createIfMissing, customFieldsParameter, tagIds } from '../../../documents/documentFields';
import { documentsById } from '../../../documents/documentsById';
import {
	mergeParameter,
	ownerFrom,
	permissionsFrom,
	permissionsParameter,
} from '../shared/permissions';
import { bulkOperation } from './bulkOperation';

const nothingToDo = () =>
	new PaperlessError('invalid', 'There is nothing to change', {
		description: 'Set at least one of the fields.',
	});

const updateTags = bulkOperation({
	value: 'updateTags',
	name: 'Update Tags',
	action: 'Update tags of documents',
	description: 'Add tags to documents and remove others from them',
	parameters: [
		namesOrIds('Add Tag Names or IDs', 'addTags', 'getTags'),
		namesOrIds('Remove Tag Names or IDs', 'removeTags', 'getTags'),
		createIfMissing,
	],
	async sharesOf(context, values, ids) {
		const add = await tagIds(
			context,
			values.addTags,
			'Add Tag Names or IDs',
			values.createIfMissing,
			'addTags',
		);
		const remove = await tagIds(
			context,
			values.removeTags,
			'Remove Tag Names or IDs',
			false,
			'removeTags',
		);
		if (add.length === 0 && remove.length === 0) throw nothingToDo();
		const parameters = { add_tags: add, remove_tags: remove.filter((id) => !add.includes(id)) };
		return [{ ids, edit: { method: 'modify_tags', parameters } }];
	},
});

/** An empty locator would be “clear”, which must be asked for. */
const clear = (noun: string) =>
	({
		displayName: 'Clear',
		name: 'clear',
		type: 'boolean',
		default: false,
		description: `Whether to take the ${noun} away instead of setting one`,
	}) as const satisfies Parameter;

const chosen = async (
	{ names }: Context,
	kind: 'correspondent' | 'documentType' | 'storagePath',
	locator: Locator,
	label: string,
	create: boolean,
) => {
	const reference = toReference(locator, label);
	return create && kind !== 'storagePath'
		? await names.idOrCreate(kind, reference, kind)
		: await names.id(kind, reference, kind);
};

const unlessCleared = { displayOptions: { show: { clear: [false] } } } as const;

const setCorrespondent = bulkOperation({
	value: 'setCorrespondent',
	name: 'Set Correspondent',
	action: 'Set correspondent of documents',
	description: 'Set the correspondent of documents, or take it away',
	parameters: [
		clear('correspondent'),
		{
			...oneOf('Correspondent', 'correspondent', 'searchCorrespondents', 'Water Works'),
			...unlessCleared,
		},
		createIfMissing,
	],
	async sharesOf(
		context,
		{ clear: isCleared, correspondent: locator, createIfMissing: create },
		ids,
	) {
		const correspondent = isCleared
			? null
			: await chosen(context, 'correspondent', locator, 'Correspondent', create);
		return [{ ids, edit: { method: 'set_correspondent', parameters: { correspondent } } }];
	},
});

const setDocumentType = bulkOperation({
	value: 'setDocumentType',
	name: 'Set Document Type',
	action: 'Set document type of documents',
	description: 'Set the type of documents, or take it away',
	parameters: [
		clear('document type'),
		{
			...oneOf('Document Type', 'documentType', 'searchDocumentTypes', 'Invoice'),
			...unlessCleared,
		},
		createIfMissing,
	],
	async sharesOf(context, { clear: isCleared, documentType, createIfMissing: create }, ids) {
		const document_type = isCleared
			? null
			: await chosen(context, 'documentType', documentType, 'Document Type', create);
		return [{ ids, edit: { method: 'set_document_type', parameters: { document_type } } }];
	},
});

const setStoragePath = bulkOperation({
	value: 'setStoragePath',
	name: 'Set Storage Path',
	action: 'Set storage path of documents',
	description: 'Set the storage path of documents, or take it away; their files are moved',
	parameters: [
		clear('storage path'),
		{ ...oneOf('Storage Path', 'storagePath', 'searchStoragePaths', 'By year'), ...unlessCleared },
	],
	async sharesOf(context, { clear: isCleared, storagePath }, ids) {
		const storage_path = isCleared
			? null
			: await chosen(context, 'storagePath', storagePath, 'Storage Path', false);
		return [{ ids, edit: { method: 'set_storage_path', parameters: { storage_path } } }];
	},
});

const updateCustomFields = bulkOperation({
	value: 'updateCustomFields',
	name: 'Update Custom Fields',
	action: 'Update custom fields of documents',
	description: 'Set custom fields of documents and remove others; all other fields stay',
	parameters: [
		customFieldsParameter,
		namesOrIds('Remove Custom Field Names or IDs', 'removeCustomFields', 'getCustomFields'),
	],
	async sharesOf(context, { customFields, removeCustomFields }, ids) {
		const add = await encodeCustomFields(context, customFields);
		const references = toReferences(removeCustomFields, 'Remove Custom Field Names or IDs');
		const remove = await context.names.ids('customField', references, 'removeCustomFields');
		if (Object.keys(add).length === 0 && remove.length === 0) throw nothingToDo();
		const parameters = { add_custom_fields: add, remove_custom_fields: remove };
		return [{ ids, edit: { method: 'modify_custom_fields', parameters } }];
	},
});

const setPermissions = bulkOperation({
	value: 'setPermissions',
	name: 'Set Permissions',
	action: 'Set permissions of documents',
	description: 'Set who owns documents, who may see and who may change them',
	parameters: [
		permissionsParameter,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [mergeParameter, oneOf('Owner', 'owner', 'searchUsers', 'clara')],
		},
	],
	async sharesOf(context, { permissions, options }, ids) {
		const { merge = false, owner: locator } = options;
		const grants = (await permissionsFrom(context, permissions)) ?? {};
		if (Object.keys(grants).length === 0 && !locator) throw nothingToDo();
		const edit = (owner: number | null | undefined) =>
			({
				method: 'set_permissions',
				parameters: { set_permissions: grants, merge, ...(owner !== undefined && { owner }) },
			}) as const;
		if (locator) {
			return [{ ids, edit: edit(await ownerFrom(context, locator)) }];
		}
		if (merge) return [{ ids, edit: edit(undefined) }];
		// Without an owner the server would take it away and so make the documents public (trap 12).
		const documents = await documentsById(context.api, ids, { fields: 'id,owner' });
		// What is missing is sent along, so that the server refuses it.
		const ownerOf = (id: number) => documents.get(id)?.owner ?? null;
		return [...new Set(ids.map(ownerOf))].map((owner) => ({
			edit: edit(owner),
			ids: ids.filter((id) => ownerOf(id) === owner),
		}));
	},
});

const reprocess = bulkOperation({
	value: 'reprocess',
	name: 'Reprocess',
	action: 'Reprocess documents',
	description: 'Let the server read documents anew (OCR); it does so in the background',
	parameters: [],
	async sharesOf(_context, _values, ids) {
		return [{ ids, edit: { method: 'reprocess', parameters: {} } }];
	},
});

export const documentBulk: Resource = {
	value: 'documentBulk',
	name: 'Document (Bulk)',
	operations: [
		reprocess,
		setCorrespondent,
		setDocumentType,
		setPermissions,
		setStoragePath,
		updateCustomFields,
		updateTags,
	],
};
