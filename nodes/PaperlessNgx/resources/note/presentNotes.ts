import type { Note } from '../../../api/notes';
import { PaperlessError } from '../../../api/errors';
import type { Context, Json } from '../../../toolkit/operation';

/** Notes with their author as a name on every server; without the right to see users the id stays alone. */
export async function presentNotes(
	{ names }: Context,
	document: number,
	notes: readonly Note[],
): Promise<Json[]> {
	const unnamed = notes.flatMap(({ userId, username }) =>
		userId !== null && username === null ? [userId] : [],
	);
	const known = await names.namesOf('user', unnamed).catch((error: unknown) => {
		if (error instanceof PaperlessError && error.kind === 'forbidden')
			return new Map<number, string>();
		throw error;
	});
	return notes.map(({ id, note, created, userId, username }) => ({
		id,
		document,
		note,
		created,
		user: username ?? (userId === null ? null : (known.get(userId) ?? null)),
		user_id: userId,
	}));
}
