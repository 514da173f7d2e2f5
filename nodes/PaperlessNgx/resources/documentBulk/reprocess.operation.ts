import { editTogether } from '../../../documents/editTogether';
import { bulkTask } from './bulkOperation';

/** What comes of it is not known; the output says only that the server took it on. */
export const reprocess = bulkTask(
	{
		value: 'reprocess',
		name: 'Reprocess',
		action: 'Reprocess documents',
		description: 'Have the server read documents (OCR) again, in the background',
		parameters: [],
	},
	(api, ids) => editTogether(api, ids, { method: 'reprocess', parameters: {} }),
	(isDone) => ({ queued: isDone }),
);
