import { PaperlessError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';
import { documentId, documentParameter } from '../../../documents/locate';
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
				description: 'Enter a text, or check the expression that fills it.',
			});
		}
		const id = await documentId(context.api, document);
		const created = await context.api.notes.create(id, note);
		const shown = await presentNotes(context, id, created ? [created] : []);
		return shown.map((json) => ({ json }));
	},
});
