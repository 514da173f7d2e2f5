import { reading } from './reading';

export const getStatus = reading(
	{
		value: 'getStatus',
		name: 'Get Status',
		action: 'Get status',
		description: 'Retrieve the health of the database, queue, index, classifier and storage',
	},
	({ api }) => api.system.status(),
);
