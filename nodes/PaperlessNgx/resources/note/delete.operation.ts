import { PaperlessError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';
import { documentId, documentParameter } from '../../../documents/locate';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete note',
	description: 'Delete notes of a document permanently, by ID or by their text',
	access: 'write',
	parameters: [
		documentParameter,
		{
			displayName: 'Delete By',
			name: 'deleteBy',
			type: 'options',
			options: [
				{ name: 'ID', value: 'id' },
				{ name: 'Text', value: 'text', description: 'Every note with exactly this text' },
			],
			default: 'id',
		},
		{
			displayName: 'Note ID',
			name: 'noteId',
			type: 'string',
			required: true,
			displayOptions: { show: { deleteBy: ['id'] } },
			default: '',
			placeholder: 'e.g. 7',
		},
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			required: true,
			displayOptions: { show: { deleteBy: ['text'] } },
			default: '',
			description: 'Spaces at both ends do not count',
		},
	],
	async execute({ api }, { document, deleteBy, noteId, text }) {
		const id = await documentId(api, document);
		const wanted = (deleteBy === 'id' ? noteId : text).trim();
		const notes = await api.notes.list(id);
		const found = notes.filter((note) =>
			deleteBy === 'id' ? String(note.id) === wanted : wanted !== '' && note.note.trim() === wanted,
		);
		if (found.length === 0) {
			throw new PaperlessError(
				'unresolved',
				`Document ${id} has no note ${deleteBy === 'id' ? wanted : `“${wanted}”`}`,
				{
					description:
						notes.length > 0
							? `Its notes have the IDs ${notes.map((note) => note.id).join(', ')}.`
							: 'It has no notes.',
					parameter: deleteBy === 'id' ? 'noteId' : 'text',
				},
			);
		}
		for (const note of found) await api.notes.delete(id, note.id);
		return found.map((note) => ({ json: { deleted: true, id: note.id, document: id } }));
	},
});
