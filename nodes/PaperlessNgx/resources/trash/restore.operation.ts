import { defineOperation } from '../../../toolkit/operation';
import { actOnTrash } from './actOnTrash';
import { trashedDocumentParameter } from './trashedDocumentParameter';

export const restore = defineOperation({
	value: 'restore',
	name: 'Restore',
	action: 'Restore document from trash',
	description:
		'Restore a document from the trash with all its data; full text search finds it again after its next change',
	access: 'write',
	parameters: [trashedDocumentParameter],
	async executeAll(context, calls) {
		const ids = calls.map(({ values }) => values.documentId);
		return await actOnTrash(context, 'restore', ids, (id) => ({ id, restored: true }));
	},
});
