import { defineOperation } from '../../../toolkit/operation';
import { editTogether } from '../../../documents/editTogether';
import { documentIds, documentParameter } from '../../../documents/locate';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete document',
	description:
		'Move a document to the trash, from where it can be restored until the server empties it',
	access: 'write',
	parameters: [documentParameter],
	async executeAll({ api }, calls) {
		const ids = await documentIds(
			api,
			calls.map(({ values }) => values.document),
		);
		const wanted = ids.filter((id) => typeof id === 'number');
		const refusals = await editTogether(api, wanted, { method: 'delete', parameters: {} });
		return ids.map((id) => {
			if (typeof id !== 'number') return id;
			return refusals.get(id) ?? [{ json: { deleted: true, id, in_trash: true } }];
		});
	},
});
