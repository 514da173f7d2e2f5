import { PaperlessError } from '../../../api/errors';
import { documentsById } from '../../../documents/documentsById';
import { editTogether } from '../../../documents/editTogether';
import type { Context } from '../../../toolkit/operation';

const notMoved = (some: number, all: number, reason: string): PaperlessError =>
	new PaperlessError('invalid', `${some} of ${all} documents could not be moved to the other tag`, {
		description: `The tag was therefore not deleted. ${reason}`,
	});

/**
 * Replaces one tag by another on all documents, and looks whether they have it. Returns how many
 * documents there were.
 */
export async function moveDocuments({ api }: Context, from: number, to: number): Promise<number> {
	const documents = await api.documents.list({
		tags__id__all: String(from),
		fields: 'id',
		ordering: 'id',
	});
	const ids = documents.map(({ id }) => id);
	const refusals = await editTogether(api, ids, {
		method: 'modify_tags',
		parameters: { add_tags: [to], remove_tags: [from] },
	});
	const [refusal] = refusals.values();
	if (refusal) throw notMoved(refusals.size, ids.length, refusal.message);
	// The server may answer OK without doing it (docs/paperless-api.md#lost-tag-changes).
	const moved = await documentsById(api, ids, { fields: 'id,tags' });
	const left = ids.filter((id) => !moved.get(id)?.tags?.includes(to));
	if (left.length > 0) {
		throw notMoved(
			left.length,
			ids.length,
			`The server reported success, but the documents do not have the other tag: IDs ${left.slice(0, 10).join(', ')}.`,
		);
	}
	return ids.length;
}
