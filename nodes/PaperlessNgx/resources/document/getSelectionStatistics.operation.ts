import type { Kind } from '../../../api/kinds';
import type { Context } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { orMissing } from '../../../documents/locate';
import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';

type Count = { id: number; document_count: number };

/** Those that occur in the selection, by name, the most frequent first. */
async function named({ names }: Context, kind: Kind, counts: readonly Count[]) {
	const occurring = counts.filter(({ document_count }) => document_count > 0);
	const known = await names.namesOf(
		kind,
		occurring.map(({ id }) => id),
	);
	return occurring
		.sort((a, b) => b.document_count - a.document_count)
		.map(({ id, document_count }) => ({ id, name: known.get(id) ?? null, document_count }));
}

export const getSelectionStatistics = defineOperation({
	value: 'getSelectionStatistics',
	name: 'Get Selection Statistics',
	action: 'Get statistics of selected documents',
	description: 'Count which tags, correspondents, types and fields some documents have',
	access: 'read',
	parameters: [documentIdsParameter],
	async execute(context, { documentIds }) {
		const ids = idsFrom(documentIds, 'Document IDs', 'documentIds');
		const selection = await orMissing(
			context.api,
			ids,
			'documentIds',
			async () => await context.api.documents.selection(ids),
		);
		return [
			{
				json: {
					documents: ids.length,
					correspondents: await named(context, 'correspondent', selection.selected_correspondents),
					custom_fields: await named(context, 'customField', selection.selected_custom_fields),
					document_types: await named(context, 'documentType', selection.selected_document_types),
					storage_paths: await named(context, 'storagePath', selection.selected_storage_paths),
					tags: await named(context, 'tag', selection.selected_tags),
				},
			},
		];
	},
});
