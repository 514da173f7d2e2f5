import { matching } from '../capabilities/matching';

export const documentTypes = matching({
	kind: 'documentType',
	type: 'document_types',
	noun: 'document type',
	plural: 'document types',
	picker: 'searchDocumentTypes',
	example: 'Invoice',
	collection: (api) => api.documentTypes,
});
