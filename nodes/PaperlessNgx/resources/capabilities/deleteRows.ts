import type { Kind, ObjectOf } from '../../../api/kinds';
import { isPaperlessError, PaperlessError } from '../../../api/errors';
import type { Context } from '../../../toolkit/operation';
import { objectsById } from './objectsById';
import type { Readable } from './readable';

const notDeleted = (noun: string, { id, name }: { id: number; name: string }): PaperlessError =>
	new PaperlessError('unavailable', `The ${noun} “${name}” (ID ${id}) was not deleted`, {
		description:
			'The server reported success, but it is still there. Look into its log for the reason.',
	});

/**
 * Deletes rows, each once, and looks whether they are gone. `send` returns the ids that the server
 * rejected, with the reason; so does this function.
 */
export async function deleteRows<K extends Kind>(
	context: Context,
	readable: Readable<K>,
	rows: ReadonlyArray<ObjectOf<K>>,
	send: (ids: readonly number[]) => Promise<Map<number, Error>>,
): Promise<Map<number, Error>> {
	const byId = new Map(rows.map((row) => [row.id, row]));
	if (byId.size === 0) return new Map();
	const refusals = await send([...byId.keys()]);
	const left = await objectsById(context, readable, [...byId.keys()]);
	for (const [id, row] of byId) {
		const refusal = refusals.get(id);
		if (refusal === undefined && left.has(id)) refusals.set(id, notDeleted(readable.noun, row));
		// Deleting its parent has deleted it already.
		if (!left.has(id) && isPaperlessError(refusal, 'notFound', 'invalid')) refusals.delete(id);
	}
	return refusals;
}
