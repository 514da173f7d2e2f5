import { deleteDocuments } from '../../../documents/edit/deleteDocuments';
import { bulkTask } from './bulkOperation';

export const del = bulkTask(
	{
		value: 'delete',
		name: 'Delete',
		action: 'Delete documents',
		description:
			'Move documents to the trash, where they can be restored until the server empties the trash',
		parameters: [],
		destroys: () => true,
	},
	deleteDocuments,
	(isDone) => ({ deleted: isDone, ...(isDone && { in_trash: true }) }),
);
