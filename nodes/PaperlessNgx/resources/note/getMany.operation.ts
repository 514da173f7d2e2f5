import { documentId, documentParameter } from '../../../documents/documentParameter';
import { rejectVersion } from '../../../documents/missingDocuments';
import { defineOperation } from '../../../toolkit/operation';
import { presentNotes } from './presentNotes';

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many notes',
	description: 'Retrieve the notes of a document, oldest first',
	access: 'read',
	parameters: [documentParameter],
	async execute(context, { document }) {
		const id = await documentId(context.api, document);
		const found = await context.api.notes.list(id);
		// The server lists no notes of a version, which is not a document.
		if (found.length === 0) await rejectVersion(context.api, id);
		const notes = await presentNotes(context, id, found);
		return notes.map((json) => ({ json }));
	},
});
