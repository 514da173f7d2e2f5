import { documentNotes } from '../api/notes';
import type { Document } from '../api/schemas/document';

/** Who wrote each note of a document, by the id of the note. */
export function noteAuthors({ notes }: Document): (note: number) => number | undefined {
	const all = documentNotes.parse(notes ?? []);
	const authors = new Map(all.map(({ id, userId }) => [id, userId]));
	return (note) => authors.get(note) ?? undefined;
}
