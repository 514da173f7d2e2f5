import type { BulkEdit } from '../../api/bulkEdit';
import type { DocumentChanges } from '../../api/schemas/document';
import { membersBeside } from '../../events/membersBeside';
import type { Difference } from './difference';
import { sameIds } from './difference';
import type { DocumentIntent } from './documentIntent';
import type { DocumentState } from './documentState';
import type { Archive } from './expectedState';
import { linksIn, tagsAfter } from './expectedState';

/** What an item changes on one document. */
export type Change = {
	id: number;
	intent: DocumentIntent;
	before: DocumentState;
	expected: DocumentState;
	difference: Difference;
};

/** The requests that make a change: first a PATCH of the document, then edits that are atomic. */
export type ChangePlan = { patch: DocumentChanges; edits: BulkEdit[] };

type IdOrNothing = number | null;

/** Fields of a document that the server also changes in bulk. */
const bulkEdits = {
	correspondent: (correspondent: IdOrNothing): BulkEdit => ({
		method: 'set_correspondent',
		parameters: { correspondent },
	}),
	document_type: (document_type: IdOrNothing): BulkEdit => ({
		method: 'set_document_type',
		parameters: { document_type },
	}),
	storage_path: (storage_path: IdOrNothing): BulkEdit => ({
		method: 'set_storage_path',
		parameters: { storage_path },
	}),
};

const isBulkField = (field: string): field is keyof typeof bulkEdits => field in bulkEdits;

const modifyTags = ({ add, remove }: NonNullable<Difference['tags']>): BulkEdit => ({
	method: 'modify_tags',
	parameters: { add_tags: [...add], remove_tags: [...remove] },
});

const modifyCustomFields = ({
	set,
	remove,
}: NonNullable<Difference['customFields']>): BulkEdit => ({
	method: 'modify_custom_fields',
	parameters: { add_custom_fields: set, remove_custom_fields: [...remove] },
});

/** Whether adding and removing single tags leads to the expected tags. */
function isReachedByTags({ before, expected, difference }: Change, { tagTree }: Archive): boolean {
	const { tags } = difference;
	return (
		tags === undefined || sameIds(tagsAfter(before.tags ?? [], tags, tagTree), expected.tags ?? [])
	);
}

/** A bulk edit leaves the links back of documents that are no longer linked (docs/paperless-api.md#document-links). */
function dropsLinks({ before, difference }: Change, { customFields }: Archive): boolean {
	return Object.entries(difference.customFields?.set ?? {}).some(
		([id, value]) =>
			customFields.get(Number(id))?.data_type === 'documentlink' &&
			membersBeside(linksIn(before.customFields?.get(Number(id))), linksIn(value)).length > 0,
	);
}

/** Whether a change can be made by edits that several documents share. */
export const isShareable = (change: Change, archive: Archive): boolean =>
	change.difference.content === undefined &&
	Object.keys(change.difference.values).every(isBulkField) &&
	isReachedByTags(change, archive) &&
	!dropsLinks(change, archive);

const setPermissions = (
	parameters: Extract<BulkEdit, { method: 'set_permissions' }>['parameters'],
): BulkEdit => ({ method: 'set_permissions', parameters });

/**
 * Beside `merge` the server sets no owner where one exists, so the owner has a request of its own;
 * it comes last, because only an owner may change permissions (docs/paperless-api.md#bulk-permissions).
 */
function permissionEdits({ permissions = {}, merge = false, owner }: Difference): BulkEdit[] {
	const merged = merge ? [setPermissions({ set_permissions: permissions, merge })] : [];
	if (owner === undefined) return merged;
	const replaced = {
		set_permissions: merge ? {} : permissions,
		owner: owner as IdOrNothing,
		merge: false,
	};
	return [...merged, setPermissions(replaced)];
}

/** The edits that make a difference on several documents. */
export function sharedEdits(difference: Difference): BulkEdit[] {
	const { values, tags, customFields } = difference;
	return [
		...Object.entries(values).flatMap(([field, id]) =>
			isBulkField(field) ? [bulkEdits[field](id as IdOrNothing)] : [],
		),
		...(tags ? [modifyTags(tags)] : []),
		...(customFields ? [modifyCustomFields(customFields)] : []),
		...permissionEdits(difference),
	];
}

function tagPlan(change: Change, archive: Archive): ChangePlan {
	const { before, expected, intent, difference } = change;
	const { tags } = difference;
	if (tags === undefined) return { patch: {}, edits: [] };
	const { set, add = [], remove = [] } = intent.tags ?? {};
	if (isReachedByTags(change, archive)) {
		return set === undefined
			? { patch: {}, edits: [modifyTags(tags)] }
			: { patch: { tags: [...(expected.tags ?? [])] }, edits: [] };
	}
	// Only the server itself takes off an inbox tag and leaves the tags below it.
	const inbox = (before.tags ?? []).filter((id) => archive.tagTree.isInbox(id));
	const rest = { add, remove: membersBeside(remove, inbox) };
	return {
		patch: {
			...(set && { tags: set.flatMap((id) => archive.tagTree.upwards(id)) }),
			remove_inbox_tags: true,
		},
		edits: rest.add.length + rest.remove.length > 0 ? [modifyTags(rest)] : [],
	};
}

function customFieldPlan(change: Change, archive: Archive): ChangePlan {
	const { expected, intent, difference } = change;
	const { customFields } = difference;
	if (customFields === undefined) return { patch: {}, edits: [] };
	if (intent.customFields?.replace !== true && !dropsLinks(change, archive))
		return { patch: {}, edits: [modifyCustomFields(customFields)] };
	const instances = [...(expected.customFields ?? [])].map(([field, value]) => ({ field, value }));
	return { patch: { custom_fields: instances }, edits: [] };
}

/** The requests that change one document alone. */
export function planAlone(change: Change, archive: Archive): ChangePlan {
	const { before, difference } = change;
	const { values, content, permissions, merge = false, owner } = difference;
	const tags = tagPlan(change, archive);
	const customFields = customFieldPlan(change, archive);
	const changesOwner = owner !== undefined && owner !== (before.values.owner ?? null);
	const ownership = merge
		? {}
		: {
				...(permissions && { set_permissions: permissions }),
				...(changesOwner && { owner: owner as IdOrNothing }),
			};
	return {
		patch: {
			...(values as DocumentChanges),
			...(content !== undefined && { content }),
			...tags.patch,
			...customFields.patch,
			...ownership,
		},
		edits: [...tags.edits, ...customFields.edits, ...(merge ? permissionEdits(difference) : [])],
	};
}

/** Whether a change writes links, whose other ends are written with them. */
export const writesLinks = ({ difference }: Change, { customFields }: Archive): boolean => {
	const { set = {}, remove = [] } = difference.customFields ?? {};
	return [...Object.keys(set).map(Number), ...remove].some(
		(id) => customFields.get(id)?.data_type === 'documentlink',
	);
};
