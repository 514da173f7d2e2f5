import { PaperlessError } from '../../../api/errors';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { presentNotes } from './presentNotes';

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create note',
	description: 'Add a note to a document',
	access: 'write',
	parameters: [
		documentParameter,
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			description: 'The text of the note',
		},
	],
	async execute(context, { document, note }) {
		if (note.trim() === '') {
			throw new PaperlessError('invalid', '“Note” is empty', {
				description: 'Enter a text, or check the expression in this field.',
			});
		}
		const id = await documentId(context.api, document);
		const created = await context.api.notes.create(id, note);
		const notes = await presentNotes(context, id, created ? [created] : []);
		return notes.map((json) => ({ json }));
	},
});
