import { bulkOperation } from './bulkOperation';

export const reprocess = bulkOperation({
	value: 'reprocess',
	name: 'Reprocess',
	action: 'Reprocess documents',
	description: 'Have the server read documents (OCR) again, in the background',
	parameters: [],
	async editsOf(_context, _values, ids) {
		return [{ ids, edit: { method: 'reprocess', parameters: {} } }];
	},
});
