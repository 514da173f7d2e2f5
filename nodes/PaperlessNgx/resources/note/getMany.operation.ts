import { documentId, documentParameter } from '../../../documents/documentParameter';
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
		const notes = await presentNotes(context, id, await context.api.notes.list(id));
		return notes.map((json) => ({ json }));
	},
});
