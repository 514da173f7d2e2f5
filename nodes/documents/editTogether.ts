import type { BulkEdit } from '../api/bulkEdit';
import { documentsPerRequest } from '../api/documents';
import { asError, PaperlessError } from '../api/errors';
import type { PaperlessClient } from '../api/paperlessClient';
import { chunks, documentsById, missingDocument } from './locate';

type Refusals = Map<number, Error>;

const stillThere = (id: number): PaperlessError =>
	new PaperlessError('unavailable', `Document ${id} was not deleted`, {
		description: 'The server reported success, yet the document is still there; its log says why.',
	});

/** A deletion has a route of its own for one document, which says 404 and 403 as such. */
async function editOne(api: PaperlessClient, id: number, edit: BulkEdit): Promise<void> {
	if (edit.method === 'delete') await api.documents.delete(id);
	else await api.documents.bulkEdit([id], edit);
}

async function editChunk(api: PaperlessClient, ids: number[], edit: BulkEdit): Promise<Refusals> {
	const refusals: Refusals = new Map();
	const attempt = async (some: number[]): Promise<Error | undefined> =>
		await api.documents.bulkEdit(some, edit).then(() => undefined, asError);
	const [first] = ids;
	if (ids.length === 1 && first !== undefined && edit.method === 'delete') {
		await editOne(api, first, edit).catch((thrown: unknown) =>
			refusals.set(first, asError(thrown)),
		);
		return refusals;
	}
	let refused = await attempt(ids);
	let rest = ids;
	// One unknown id refuses the whole request (trap 20); the others are tried again without it.
	if (refused instanceof PaperlessError && refused.kind === 'invalid') {
		const present = await documentsById(api, ids, { fields: 'id' });
		rest = ids.filter((id) => present.has(id));
		for (const id of ids) if (!present.has(id)) refusals.set(id, missingDocument(id));
		if (rest.length > 0 && rest.length < ids.length) refused = await attempt(rest);
	}
	if (refused instanceof PaperlessError && refused.kind === 'forbidden' && rest.length > 1) {
		// Some may be changed and others not: each one by itself tells which.
		for (const id of rest) {
			await editOne(api, id, edit).catch((thrown: unknown) => refusals.set(id, asError(thrown)));
		}
	} else if (refused) {
		for (const id of rest) refusals.set(id, refused);
	}
	if (edit.method === 'delete' && ids.length > 1) {
		// A bulk deletion reports success whatever happened (trap 19).
		const left = await documentsById(api, ids, { fields: 'id' });
		for (const id of left.keys()) if (!refusals.has(id)) refusals.set(id, stillThere(id));
	}
	return refusals;
}

/** Makes the same change to many documents; what did not work is told by id. */
export async function editTogether(
	api: PaperlessClient,
	ids: readonly number[],
	edit: BulkEdit,
): Promise<Refusals> {
	const refusals: Refusals = new Map();
	for (const chunk of chunks([...new Set(ids)], documentsPerRequest)) {
		for (const [id, error] of await editChunk(api, chunk, edit)) refusals.set(id, error);
	}
	return refusals;
}
