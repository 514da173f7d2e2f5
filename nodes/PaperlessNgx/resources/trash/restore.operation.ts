import { defineOperation } from '../../../toolkit/operation';
import { trashedDocument } from './fields';
import { actOnTrash } from './together';

export const restore = defineOperation({
	value: 'restore',
	name: 'Restore',
	action: 'Restore document from trash',
	description:
		'Bring a document back from the trash with all it had; full text search finds it again once it is changed',
	access: 'write',
	parameters: [trashedDocument],
	async executeAll(context, calls) {
		const ids = calls.map(({ values }) => values.documentId);
		return await actOnTrash(context, 'restore', ids, (id) => ({ id, restored: true }));
	},
});
