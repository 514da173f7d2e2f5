import { bulkTask } from './bulkOperation';

export const reprocess = bulkTask(
	{
		value: 'reprocess',
		name: 'Reprocess',
		action: 'Reprocess documents',
		description: 'Have the server read documents (OCR) again, in the background',
		parameters: [],
	},
	{ method: 'reprocess', parameters: {} },
);
