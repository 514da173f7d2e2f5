import { createIfMissing } from '../../../documents/documentFields';
import { ownerOfCreated } from '../../../documents/ownerOfCreated';
import { oneOrNew, optionsParameter } from '../../../toolkit/parameterBuilders';
import { bulkOperation } from './bulkOperation';
import { clearParameter, idOrClear, unlessCleared } from './idOrClear';

export const setDocumentType = bulkOperation({
	value: 'setDocumentType',
	name: 'Set Document Type',
	action: 'Set document type of documents',
	description: 'Set or clear the type of documents',
	parameters: [
		clearParameter('document type'),
		{
			...oneOrNew('Document Type', 'documentType', 'searchDocumentTypes', 'Invoice'),
			...unlessCleared,
		},
		optionsParameter([createIfMissing, ownerOfCreated]),
	],
	async intentOf(context, { documentType: locator, ...values }, names) {
		const document_type = await idOrClear(context, names, 'documentType', locator, values);
		return { values: { document_type } };
	},
});
