import { defineOperation } from '../../../toolkit/operation';
import { restoreDocuments } from './restoreDocuments';
import { trashedDocumentParameter } from './trashedDocumentParameter';

export const restore = defineOperation({
	value: 'restore',
	name: 'Restore',
	action: 'Restore document from trash',
	description:
		'Restore a document from the trash with all its data; full text search finds it again after its next change',
	access: 'write',
	parameters: [trashedDocumentParameter],
	executeAll: (context, calls) =>
		restoreDocuments(
			context,
			calls.map(({ values }) => values.documentId),
		),
});
