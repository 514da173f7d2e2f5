import type { BulkEdit } from '../../../../api/bulkEdit';
import { PaperlessError } from '../../../../api/errors';
import type { DocumentChanges, Permissions } from '../../../../api/schemas/document';
import { encodeCustomFields } from '../../../../documents/encodeCustomFields';
import type { FieldPatch } from '../../../../documents/documentFields';
import { fieldInstances, patchFrom, tagIds } from '../../../../documents/documentFields';
import { documentId } from '../../../../documents/documentParameter';
import { creationFrom } from '../../../../documents/ownerOfCreated';
import type { ItemCall, Context } from '../../../../toolkit/operation';
import { toReferences } from '../../../../toolkit/references';
import { permissionsFrom } from '../../shared/permissions';
import type { UpdateValues } from './updateParameters';
import { clearableFields } from './updateParameters';

/** `patch` is sent for one document alone; `edits` are atomic and can be shared by many. */
export type UpdatePlan = { patch: DocumentChanges; edits: BulkEdit[] };

export type Update = { itemIndex: number; id: number; plan: UpdatePlan };

type ResolvedUpdate = {
	fields: FieldPatch;
	content: string;
	removeInboxTags: boolean;
	addTags: number[];
	removeTags: number[];
	setTags: number[];
	/** Values by field id */
	customFields: Record<string, unknown>;
	removeCustomFields: number[];
	/** Whether custom fields without a value here are removed */
	replaceCustomFields: boolean;
	permissions: Permissions | undefined;
	clear: ReadonlyArray<keyof typeof clearableFields>;
};

const patchOf = ({ fields, setTags, customFields, permissions, ...update }: ResolvedUpdate) => ({
	...fields,
	...(update.content && { content: update.content }),
	...(update.removeInboxTags && { remove_inbox_tags: true }),
	...(setTags.length > 0 && { tags: setTags }),
	...(permissions && { set_permissions: permissions }),
	...Object.fromEntries(update.clear.map((field) => [field, clearableFields[field].empty])),
	...(update.replaceCustomFields && { custom_fields: fieldInstances(customFields) }),
});

function editsOf(update: ResolvedUpdate): BulkEdit[] {
	const { addTags: add_tags, removeTags, customFields, removeCustomFields } = update;
	const edits: BulkEdit[] = [];
	if (add_tags.length > 0 || removeTags.length > 0) {
		// An id in both lists would end up on the document (docs/paperless-api.md#tags-in-both-lists).
		const remove_tags = removeTags.filter((id) => !add_tags.includes(id));
		edits.push({ method: 'modify_tags', parameters: { add_tags, remove_tags } });
	}
	const changesFields = Object.keys(customFields).length > 0 || removeCustomFields.length > 0;
	if (!update.replaceCustomFields && changesFields) {
		const parameters = {
			add_custom_fields: customFields,
			remove_custom_fields: removeCustomFields,
		};
		edits.push({ method: 'modify_custom_fields', parameters });
	}
	return edits;
}

/** The requests that make an update, in the order in which they are sent. */
export function planOf(update: ResolvedUpdate): UpdatePlan {
	const plan = { patch: patchOf(update), edits: editsOf(update) };
	if (Object.keys(plan.patch).length > 0 || plan.edits.length > 0) return plan;
	throw new PaperlessError('invalid', 'There is nothing to update', {
		description:
			'Add a field under “Update Fields” or a value under “Custom Fields”. An empty value leaves its field unchanged; use “Clear” to empty a field.',
	});
}

/** Locates the document of an item and resolves all names. Invalid values are rejected here. */
export async function planUpdate(
	context: Context,
	{ itemIndex, values }: ItemCall<UpdateValues>,
): Promise<Update> {
	const { updateFields, options } = values;
	const { replaceCustomFields = false } = options;
	const create = creationFrom(options);
	const { clear = [], content = '', removeInboxTags = false } = updateFields;
	const id = await documentId(context.api, values.document);
	const [fields, addTags, removeTags, setTags, customFields, removeCustomFields, permissions] =
		await Promise.all([
			patchFrom(context, updateFields, create),
			tagIds(context, updateFields.addTags, 'Add Tag Names or IDs', create, 'addTags'),
			tagIds(context, updateFields.removeTags, 'Remove Tag Names or IDs', false, 'removeTags'),
			tagIds(context, updateFields.setTags, 'Set Tag Names or IDs', create, 'setTags'),
			encodeCustomFields(context, values.customFields),
			context.names.ids(
				'customField',
				toReferences(updateFields.removeCustomFields, 'Remove Custom Field Names or IDs'),
				'removeCustomFields',
			),
			permissionsFrom(context, values.permissions),
		]);
	const plan = planOf({
		fields,
		content,
		removeInboxTags,
		addTags,
		removeTags,
		setTags,
		customFields,
		removeCustomFields,
		replaceCustomFields,
		permissions,
		clear,
	});
	return { itemIndex, id, plan };
}
