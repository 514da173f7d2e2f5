import { deleteDocuments } from '../../../documents/edit/deleteDocuments';
import { documentIds, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete document',
	description:
		'Move a document to the trash, where it can be restored until the server empties the trash',
	access: 'write',
	parameters: [documentParameter],
	async executeAll({ api }, calls) {
		const ids = await documentIds(
			api,
			calls.map(({ values }) => values.document),
		);
		const located = ids.filter((id) => typeof id === 'number');
		const refusals = await deleteDocuments(api, located);
		return ids.map((id) => {
			if (typeof id !== 'number') return id;
			return refusals.get(id) ?? [{ json: { deleted: true, id, in_trash: true } }];
		});
	},
});
