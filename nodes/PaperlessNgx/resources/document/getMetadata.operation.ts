import { detailOperation } from './detailOperation';

export const getMetadata = detailOperation(
	{
		value: 'getMetadata',
		name: 'Get Metadata',
		action: 'Get metadata of document',
		description:
			'Retrieve checksums, sizes, types and embedded metadata of the files of a document',
	},
	async ({ api }, id) => [{ id, ...(await api.documents.metadata(id)) }],
);
