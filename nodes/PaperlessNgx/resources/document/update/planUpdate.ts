import type { BulkEdit } from '../../../../api/documents';
import { PaperlessError } from '../../../../api/errors';
import type { DocumentChanges } from '../../../../api/schemas/document';
import type { Context } from '../../../../toolkit/operation';
import { toReferences } from '../../../../toolkit/references';
import { permissionsFrom } from '../../shared/permissions';
import { encodeCustomFields } from '../../../../documents/customFields';
import { changesFrom, fieldInstances, tagIds } from '../../../../documents/documentFields';
import type { UpdateValues } from './updateParameters';

const clearable = {
	archive_serial_number: null,
	correspondent: null,
	document_type: null,
	owner: null,
	set_permissions: { view: { users: [], groups: [] }, change: { users: [], groups: [] } },
	storage_path: null,
	tags: [],
} as const satisfies DocumentChanges;

/** `patch` is for one document alone; `edits` are atomic on the server and can be shared by many. */
export type Plan = { patch: DocumentChanges; edits: BulkEdit[] };

const bulkForms = {
	correspondent: (correspondent: number | null): BulkEdit => ({
		method: 'set_correspondent',
		parameters: { correspondent },
	}),
	document_type: (document_type: number | null): BulkEdit => ({
		method: 'set_document_type',
		parameters: { document_type },
	}),
	storage_path: (storage_path: number | null): BulkEdit => ({
		method: 'set_storage_path',
		parameters: { storage_path },
	}),
};

const isBulkForm = (field: string): field is keyof typeof bulkForms => field in bulkForms;

export async function planFor(context: Context, values: UpdateValues): Promise<Plan> {
	const { updateFields, customFields, permissions, options } = values;
	const { createIfMissing: create = false, replaceCustomFields = false } = options;
	const { addTags, removeTags, setTags, clear = [], content, removeInboxTags } = updateFields;
	const [changes, added, removed, set, encoded, removedFields, grants] = await Promise.all([
		changesFrom(context, updateFields, create),
		tagIds(context, addTags, 'Add Tag Names or IDs', create, 'addTags'),
		tagIds(context, removeTags, 'Remove Tag Names or IDs', false, 'removeTags'),
		tagIds(context, setTags, 'Set Tag Names or IDs', create, 'setTags'),
		encodeCustomFields(context, customFields),
		context.names.ids(
			'customField',
			toReferences(updateFields.removeCustomFields, 'Remove Custom Field Names or IDs'),
			'removeCustomFields',
		),
		permissionsFrom(context, permissions),
	]);
	const patch: DocumentChanges = {
		...changes,
		...(content && { content }),
		...(removeInboxTags && { remove_inbox_tags: true }),
		...(set.length > 0 && { tags: set }),
		...(grants && { set_permissions: grants }),
		...Object.fromEntries(clear.map((field) => [field, clearable[field]])),
		...(replaceCustomFields && {
			custom_fields: fieldInstances(encoded),
		}),
	};
	const edits: BulkEdit[] = [];
	if (added.length > 0 || removed.length > 0) {
		edits.push({
			method: 'modify_tags',
			// An id in both lists would end up on the document (§3.6).
			parameters: { add_tags: added, remove_tags: removed.filter((id) => !added.includes(id)) },
		});
	}
	if (!replaceCustomFields && (Object.keys(encoded).length > 0 || removedFields.length > 0)) {
		edits.push({
			method: 'modify_custom_fields',
			parameters: { add_custom_fields: encoded, remove_custom_fields: removedFields },
		});
	}
	if (Object.keys(patch).length === 0 && edits.length === 0) {
		throw new PaperlessError('invalid', 'There is nothing to update', {
			description:
				'Add a field under “Update Fields” or a value under “Custom Fields”. An empty value leaves its field alone; use “Clear” to empty one.',
		});
	}
	return { patch, edits };
}

/** A change that several documents share goes out as one request where the server has it in bulk. */
export function shareable({ patch, edits }: Plan): Plan {
	const fields = Object.keys(patch);
	if (fields.length === 0 || !fields.every(isBulkForm)) return { patch, edits };
	const own = fields.filter(isBulkForm).map((field) => bulkForms[field](patch[field] ?? null));
	return { patch: {}, edits: [...own, ...edits] };
}
