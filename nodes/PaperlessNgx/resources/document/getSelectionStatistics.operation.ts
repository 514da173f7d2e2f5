import type { Kind } from '../../../api/kinds';
import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';
import { orMissing } from '../../../documents/documentsById';
import type { Context } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';

type Count = { id: number; document_count: number };

/** The objects that occur in the selection with their names, the most frequent first. */
async function withNames({ names }: Context, kind: Kind, counts: readonly Count[]) {
	const occurring = counts.filter(({ document_count }) => document_count > 0);
	const known = await names.namesOf(
		kind,
		occurring.map(({ id }) => id),
	);
	return occurring
		.toSorted((a, b) => b.document_count - a.document_count)
		.map(({ id, document_count }) => ({ id, name: known.get(id) ?? null, document_count }));
}

export const getSelectionStatistics = defineOperation({
	value: 'getSelectionStatistics',
	name: 'Get Selection Statistics',
	action: 'Get statistics of selected documents',
	description:
		'Count the tags, correspondents, document types, storage paths and custom fields of several documents',
	access: 'read',
	parameters: [documentIdsParameter],
	async execute(context, { documentIds }) {
		const ids = idsFrom(documentIds, 'Document IDs', 'documentIds');
		const selection = await orMissing(context.api, ids, 'documentIds', () =>
			context.api.documents.selection(ids),
		);
		const [correspondents, customFields, documentTypes, storagePaths, tags] = await Promise.all([
			withNames(context, 'correspondent', selection.selected_correspondents),
			withNames(context, 'customField', selection.selected_custom_fields),
			withNames(context, 'documentType', selection.selected_document_types),
			withNames(context, 'storagePath', selection.selected_storage_paths),
			withNames(context, 'tag', selection.selected_tags),
		]);
		return [
			{
				json: {
					documents: ids.length,
					correspondents,
					custom_fields: customFields,
					document_types: documentTypes,
					storage_paths: storagePaths,
					tags,
				},
			},
		];
	},
});
