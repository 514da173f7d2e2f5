import { defineOperation } from '../../../toolkit/operation';
import { trashedDocument } from './fields';
import { actOnTrash } from './together';

export const deletePermanently = defineOperation({
	value: 'deletePermanently',
	name: 'Delete Permanently',
	action: 'Delete document in trash permanently',
	description: 'Destroy a document that is in the trash, with its files; this cannot be undone',
	access: 'write',
	parameters: [trashedDocument],
	async executeAll(context, calls) {
		const ids = calls.map(({ values }) => values.documentId);
		return await actOnTrash(context, 'empty', ids, (id) => ({ deleted: true, id }));
	},
});
