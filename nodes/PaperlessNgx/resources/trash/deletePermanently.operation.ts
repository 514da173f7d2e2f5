import { defineOperation } from '../../../toolkit/operation';
import { actOnTrash } from './actOnTrash';
import { trashedDocumentParameter } from './trashedDocumentParameter';

export const deletePermanently = defineOperation({
	value: 'deletePermanently',
	name: 'Delete Permanently',
	action: 'Delete document in trash permanently',
	description:
		'Permanently delete a document that is in the trash, with its files; this cannot be undone',
	access: 'write',
	parameters: [trashedDocumentParameter],
	async executeAll(context, calls) {
		const ids = calls.map(({ values }) => values.documentId);
		return await actOnTrash(context, 'empty', ids, (id) => ({ deleted: true, id }));
	},
});
