import { deleteDocuments } from '../../../documents/edit/deleteDocuments';
import { deletionNotice } from '../shared/dryRun';
import { bulkTask } from './bulkOperation';

export const del = bulkTask(
	{
		value: 'delete',
		name: 'Delete',
		action: 'Delete documents',
		description:
			'Move documents to the trash, where they can be restored until the server empties the trash',
		destroys: () => true,
		parameters: [
			deletionNotice(
				'Documents go to the trash, where they can be restored until the server empties it.',
			),
		],
	},
	{
		send: deleteDocuments,
		done: (isDone) => ({ deleted: isDone, ...(isDone && { in_trash: true }) }),
	},
);
