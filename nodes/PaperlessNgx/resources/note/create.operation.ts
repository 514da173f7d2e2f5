import { PaperlessError } from '../../../api/errors';
import { isRecord } from '../../../api/json';
import type { Note } from '../../../api/notes';
import type { Document } from '../../../api/schemas/document';
import { getDocument } from '../../../documents/getDocument';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { documentTarget } from '../shared/documentTarget';
import { presentNotes } from './presentNotes';

const noteIds = ({ notes }: Document): unknown[] =>
	Array.isArray(notes) ? notes.map((note: unknown) => (isRecord(note) ? note.id : undefined)) : [];

/** The note with this text among those that were not there before. */
function addedNote(id: number, text: string, added: readonly Note[]): Note {
	const created = added.filter(({ note }) => note === text).sort((a, b) => b.id - a.id)[0];
	if (created) return created;
	const others = added.map((note) => `“${note.note}” (ID ${note.id})`);
	throw new PaperlessError('unavailable', `Document ${id} does not have the note`, {
		description:
			others.length > 0
				? `The server reported success, yet it saved ${others.join(', ')}.`
				: 'The server reported success, yet it saved no note; its log says why.',
		parameter: 'note',
	});
}

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
			placeholder: 'e.g. Paid by bank transfer',
			description: 'The text of the note',
		},
	],
	target: documentTarget,
	async execute(context, { document, note }) {
		if (note.trim() === '') {
			throw new PaperlessError('invalid', '“Note” is empty', {
				description: 'Enter a text, or check the expression in this field.',
			});
		}
		const { api } = context;
		const id = await documentId(api, document);
		const before = new Set(noteIds(await getDocument(api, id, { fields: 'id,notes' })));
		const after = await api.notes.add(id, note);
		const created = addedNote(
			id,
			note,
			after.filter((one) => !before.has(one.id)),
		);
		return (await presentNotes(context, id, [created])).map((json) => ({ json }));
	},
});
