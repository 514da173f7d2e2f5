import { z } from 'zod';
import type { Connection } from './connection';
import { PaperlessError } from './errors';

/**
 * The author is an id up to API version 7 and an object later; it may be missing
 * (docs/paperless-api.md#note-authors).
 */
const noteSchema = z
	.object({
		id: z.number(),
		note: z.string(),
		created: z.string(),
		user: z.union([z.number(), z.object({ id: z.number(), username: z.string() })]).nullish(),
	})
	.transform(({ user, ...note }) => ({
		...note,
		userId: typeof user === 'object' ? (user?.id ?? null) : (user ?? null),
		username: typeof user === 'object' ? (user?.username ?? null) : null,
	}));

/** The notes that a document lists. */
export const documentNotes = z.array(noteSchema);

export type Note = z.infer<typeof noteSchema>;

/**
 * The server reports a note that it did not save with status 200
 * (docs/paperless-api.md#unsaved-notes).
 */
const notesSchema = z.union([documentNotes, z.object({ error: z.string() })]);

function notesFrom(reply: z.infer<typeof notesSchema>): Note[] {
	if (Array.isArray(reply)) return reply;
	throw new PaperlessError('invalid', reply.error, { description: 'The note was not saved.' });
}

export function notes(connection: Connection) {
	const path = (document: number) => `api/documents/${document}/notes/`;
	const add = async (document: number, note: string): Promise<Note[]> =>
		notesFrom(await connection.send('POST', path(document), { json: { note } }, notesSchema));
	return {
		/** Oldest first. */
		async list(document: number): Promise<Note[]> {
			return notesFrom(await connection.get(path(document), {}, notesSchema));
		},
		/**
		 * Returns all notes of the document. They may include notes that others added in the meantime,
		 * so the highest id may belong to one of those (docs/paperless-api.md#replies-to-notes).
		 */
		add,
		/** Like `add`, but returns the newest note. */
		async create(document: number, note: string): Promise<Note | undefined> {
			return (await add(document, note)).sort((a, b) => b.id - a.id)[0];
		},
		/**
		 * Returns the notes that are left. The caller checks that the note belongs to this document,
		 * because 2.15 deletes notes of other documents too.
		 */
		async delete(document: number, note: number): Promise<Note[]> {
			const query = { id: String(note) };
			return notesFrom(
				await connection.send('DELETE', path(document), undefined, notesSchema, query),
			);
		},
	};
}
