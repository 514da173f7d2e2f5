import type { Parameter } from '../../../toolkit/parameter';

export const trashedDocumentParameter = {
	displayName: 'Document ID',
	name: 'documentId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 123',
	description: 'ID of a document in the trash',
} as const satisfies Parameter;
