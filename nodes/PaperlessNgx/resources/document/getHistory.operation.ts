import { detailOperation } from './detailOperation';

export const getHistory = detailOperation(
	{
		value: 'getHistory',
		name: 'Get History',
		action: 'Get history of document',
		description:
			'Retrieve who changed what and when, newest first; the audit log of the server must be on',
	},
	async ({ api }, id) =>
		(await api.documents.history(id)).map((entry) => ({ ...entry, document: id })),
);
