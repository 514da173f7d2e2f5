import { reading } from './reading';

export const getStatistics = reading(
	{
		value: 'getStatistics',
		name: 'Get Statistics',
		action: 'Get statistics',
		description: 'Retrieve the number of documents, documents in the inbox, tags and more',
	},
	({ api }) => api.system.statistics(),
);
