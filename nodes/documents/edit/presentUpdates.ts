import { isRecord } from '../../api/json';
import type { Document } from '../../api/schemas/document';
import { diffOf } from './diffOf';
import { stateOf } from './documentState';
import { presentEdits } from './presentEdits';
import { isUnchanged, listDiff, valueFields } from '../../events/documentDiff';
import type { Context, Json } from '../../toolkit/operation';

const fields = new Set([...valueFields, 'custom_fields', 'tags']);

/** The texts of the notes of a document. */
export const noteTexts = ({ notes }: Document): string[] =>
	Array.isArray(notes)
		? notes.flatMap((note: unknown) =>
				isRecord(note) && typeof note.note === 'string' ? [note.note.trim()] : [],
			)
		: [];

/** What changed between two states of documents by name, as Update reports it, and their notes. */
export async function presentUpdates(
	context: Context,
	updates: ReadonlyArray<{ before: Document; document: Document }>,
): Promise<Json[]> {
	const diffs = updates.map(({ before, document }) => {
		// The reply to a change shows permissions that were not read before it.
		const read = isRecord(before.permissions) ? new Set([...fields, 'permissions']) : fields;
		const diff = diffOf(stateOf(before, read), stateOf(document, read));
		const notes = listDiff(noteTexts(before), noteTexts(document));
		return { ...diff, lists: { ...diff.lists, ...(!isUnchanged(notes) && { notes }) } };
	});
	return await presentEdits(context, diffs, () => undefined);
}
