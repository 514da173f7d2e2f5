import type { Note } from '../../../api/notes';
import type { Context, Json } from '../../../toolkit/operation';
import { unlessForbidden } from '../../../api/unlessForbidden';

/**
 * Notes as output items. On every server the author is a name and an id; the name is null when the
 * token's user may not see the users.
 */
export async function presentNotes(
	{ names }: Context,
	document: number,
	notes: readonly Note[],
): Promise<Json[]> {
	const unnamed = notes.flatMap(({ userId, username }) =>
		userId !== null && username === null ? [userId] : [],
	);
	const known = await unlessForbidden(names.namesOf('user', unnamed), new Map<number, string>());
	const authorOf = ({ userId, username }: Note) =>
		username ?? (userId === null ? undefined : known.get(userId));
	return notes.map((note) => ({
		id: note.id,
		document,
		note: note.note,
		created: note.created,
		user: authorOf(note) ?? null,
		user_id: note.userId,
	}));
}
