import { PaperlessError } from '../../../../api/errors';
import { trimmedText } from '../../../../api/trimmedText';
import type { Permissions } from '../../../../api/schemas/document';
import type { EncodedValues } from '../../../../documents/encodeCustomFields';
import { customFieldChangesFrom } from '../../../../documents/customFieldChanges';
import { encodeCustomFields } from '../../../../documents/encodeCustomFields';
import type { FieldPatch } from '../../../../documents/documentFields';
import { patchFrom, tagIds } from '../../../../documents/documentFields';
import type { CustomFieldIntent, DocumentIntent } from '../../../../documents/edit/documentIntent';
import { isNothing } from '../../../../documents/edit/documentIntent';
import type { PlannedNames } from '../../../../documents/edit/plannedNames';
import { creationFrom } from '../../../../documents/ownerOfCreated';
import { documentId } from '../../../../documents/documentParameter';
import type { ItemCall, Context } from '../../../../toolkit/operation';
import { toReferences } from '../../../../toolkit/references';
import { permissionsFrom } from '../../shared/permissions';
import type { UpdateValues } from './updateParameters';
import { clearableFields } from './updateParameters';

/** An item, its document and what it wants of it. */
export type Update = { itemIndex: number; id: number; intent: DocumentIntent };

type ClearableField = keyof typeof clearableFields;

type ResolvedUpdate = {
	fields: FieldPatch;
	content: string;
	removeInboxTags: boolean;
	addTags: number[];
	removeTags: number[];
	setTags: number[];
	customFields: EncodedValues;
	removeCustomFields: number[];
	/** Changes that depend on the values of the document */
	customFieldChanges: Pick<CustomFieldIntent, 'attach' | 'clear' | 'increments' | 'keepExisting'>;
	/** Whether custom fields without a value here are removed */
	replaceCustomFields: boolean;
	permissions: Permissions | undefined;
	clear: readonly ClearableField[];
};

function refuseClearedValues({ fields, setTags, addTags, permissions, clear }: ResolvedUpdate) {
	const given: Partial<Record<ClearableField, boolean>> = {
		...Object.fromEntries(Object.keys(fields).map((field) => [field, true])),
		set_permissions: permissions !== undefined,
		tags: setTags.length + addTags.length > 0,
	};
	const contradiction = clear.find((field) => given[field] === true);
	if (contradiction === undefined) return;
	throw new PaperlessError(
		'invalid',
		`“${clearableFields[contradiction].label}” would be set and cleared`,
		{ description: 'Remove the value, or remove the field under “Clear”.', parameter: 'clear' },
	);
}

function refuseEmptyReplacement({ replaceCustomFields, customFields }: ResolvedUpdate): void {
	if (!replaceCustomFields || Object.keys(customFields.set).length > 0) return;
	throw new PaperlessError('invalid', 'There are no custom fields to replace the others with', {
		description:
			'Without a value that fits under “Custom Fields”, this would remove all custom fields of the document. Check the expression there; to remove fields, use “Remove Custom Field Names or IDs”.',
		parameter: 'replaceCustomFields',
	});
}

const nobody = { users: [], groups: [] };

/** What an update wants of its document. */
export function intentOf(update: ResolvedUpdate): DocumentIntent {
	refuseClearedValues(update);
	refuseEmptyReplacement(update);
	const { fields, clear, addTags, removeTags, setTags, customFields, permissions } = update;
	const content = trimmedText(update.content);
	const cleared = clear.filter((field) => field !== 'tags' && field !== 'set_permissions');
	const set = clear.includes('tags') ? [] : setTags.length > 0 ? setTags : undefined;
	const tags = {
		...(set && { set }),
		...(addTags.length > 0 && { add: addTags }),
		...(removeTags.length > 0 && { remove: removeTags }),
		...(update.removeInboxTags && { removeInbox: true }),
	};
	const fieldIntent = {
		...(Object.keys(customFields.set).length > 0 && { set: customFields.set }),
		...(Object.keys(customFields.skipped).length > 0 && { skipped: customFields.skipped }),
		...(update.removeCustomFields.length > 0 && { remove: update.removeCustomFields }),
		...(update.replaceCustomFields && { replace: true }),
		...update.customFieldChanges,
	};
	const values = {
		...fields,
		...Object.fromEntries(cleared.map((field) => [field, clearableFields[field].empty])),
	};
	const grants = clear.includes('set_permissions') ? { view: nobody, change: nobody } : permissions;
	const intent: DocumentIntent = {
		...(Object.keys(values).length > 0 && { values }),
		...(content !== '' && { content }),
		...(Object.keys(tags).length > 0 && { tags }),
		...(Object.keys(fieldIntent).length > 0 && { customFields: fieldIntent }),
		...(grants && { permissions: grants }),
	};
	if (!isNothing(intent)) return intent;
	throw new PaperlessError('invalid', 'There is nothing to update', {
		description:
			'Add a field under “Update Fields” or a value under “Custom Fields”. An empty value leaves its field unchanged; use “Clear” to empty a field.',
	});
}

/**
 * Locates the document of an item and resolves all names. Invalid values are rejected here. With
 * Create If Missing, unknown names are planned and not created yet.
 */
export async function planUpdate(
	context: Context,
	names: PlannedNames,
	{ itemIndex, values }: ItemCall<UpdateValues>,
): Promise<Update> {
	const { updateFields, options } = values;
	const { replaceCustomFields = false } = options;
	const { clear = [], content = '', removeInboxTags = false } = updateFields;
	const existing = names.resolver(false);
	const resolve = names.resolver(creationFrom(options));
	const id = await documentId(context.api, values.document);
	const [
		fields,
		addTags,
		removeTags,
		setTags,
		customFields,
		removeCustomFields,
		changes,
		permissions,
	] = await Promise.all([
		patchFrom(context, updateFields, resolve),
		tagIds(updateFields.addTags, 'Add Tag Names or IDs', 'addTags', resolve),
		tagIds(updateFields.removeTags, 'Remove Tag Names or IDs', 'removeTags', existing),
		tagIds(updateFields.setTags, 'Set Tag Names or IDs', 'setTags', resolve),
		encodeCustomFields(context, values.customFields, options),
		context.names.ids(
			'customField',
			toReferences(updateFields.removeCustomFields, 'Remove Custom Field Names or IDs'),
			'removeCustomFields',
		),
		customFieldChangesFrom(context, updateFields),
		permissionsFrom(context, values.permissions),
	]);
	const keepsExisting =
		options.keepExistingValues === true && Object.keys(customFields.set).length > 0;
	const intent = intentOf({
		fields,
		content,
		removeInboxTags,
		addTags,
		removeTags,
		setTags,
		customFields,
		removeCustomFields,
		replaceCustomFields,
		customFieldChanges: { ...changes, ...(keepsExisting && { keepExisting: true }) },
		permissions,
		clear,
	});
	return { itemIndex, id, intent };
}
