import { PaperlessError } from '../../../api/errors';
import type { Note } from '../../../api/notes';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { rejectVersion } from '../../../documents/missingDocuments';
import { defineOperation } from '../../../toolkit/operation';
import { documentTarget } from '../shared/documentTarget';
import {
	accessUnlessDry,
	deletionNotice,
	dryDeletionParameter,
	notYetDeleted,
} from '../shared/dryRun';

type Selector = {
	/** As messages name the wanted note. */
	label: string;
	parameter: string;
	fits: (note: Note) => boolean;
};

function selectorFrom(values: { deleteBy: 'id' | 'text'; noteId: string; text: string }): Selector {
	const id = values.noteId.trim();
	const text = values.text.trim();
	return values.deleteBy === 'id'
		? { label: id, parameter: 'noteId', fits: (note) => String(note.id) === id }
		: {
				label: `“${text}”`,
				parameter: 'text',
				fits: ({ note }) => text !== '' && note.trim() === text,
			};
}

const stillThere = (document: number, { id }: Note) =>
	new PaperlessError('unavailable', `Note ${id} of document ${document} was not deleted`, {
		description: 'The server reported success, yet the note is still there; its log says why.',
	});

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete note',
	description: 'Permanently delete notes of a document, by ID or by text',
	access: accessUnlessDry,
	destroys: () => true,
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
			placeholder: 'e.g. Paid by bank transfer',
			description: 'Leading and trailing spaces are ignored',
		},
		deletionNotice('Deleting a note cannot be undone.'),
		dryDeletionParameter,
	],
	target: documentTarget,
	async execute({ api }, { document, dryRun, ...values }) {
		const id = await documentId(api, document);
		const { label, parameter, fits } = selectorFrom(values);
		const notes = await api.notes.list(id);
		const chosen = notes.filter(fits);
		if (chosen.length === 0) {
			await rejectVersion(api, id);
			throw new PaperlessError('unresolved', `Document ${id} has no note ${label}`, {
				description:
					notes.length > 0
						? `Its notes have the IDs ${notes.map((note) => note.id).join(', ')}.`
						: 'The document has no notes.',
				parameter,
			});
		}
		if (dryRun) {
			return chosen.map((note) => ({
				json: notYetDeleted({ id: note.id, document: id, note: note.note }),
			}));
		}
		for (const note of chosen) {
			const left = await api.notes.delete(id, note.id);
			if (left.some((one) => one.id === note.id)) throw stillThere(id, note);
		}
		return chosen.map((note) => ({ json: { deleted: true, id: note.id, document: id } }));
	},
});
