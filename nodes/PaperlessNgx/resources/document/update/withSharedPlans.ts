import type { BulkEdit } from '../../../../api/bulkEdit';
import { groupBy } from '../../../../toolkit/groupBy';
import { rowsOf } from '../../../../toolkit/optionsOf';
import type { Update, UpdatePlan } from './planUpdate';

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

/** A plan without a patch, if the server can change all of its fields in bulk. */
function shareable({ patch, edits }: UpdatePlan): UpdatePlan {
	if (Object.keys(patch).some((field) => !(field in bulkEdits))) return { patch, edits };
	const ofPatch = rowsOf(bulkEdits).flatMap(([field, editOf]) => {
		const id = patch[field];
		return id === undefined ? [] : [editOf(id)];
	});
	return { patch: {}, edits: [...ofPatch, ...edits] };
}

/** Turns equal plans of several documents into bulk edits, which take one request for all. */
export const withSharedPlans = (updates: readonly Update[]): Update[] =>
	groupBy(updates, ({ plan }) => plan).flatMap((group) =>
		group.length > 1 ? group.map((update) => ({ ...update, plan: shareable(update.plan) })) : group,
	);
