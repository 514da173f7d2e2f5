import type { BulkEdit } from '../api/bulkEdit';
import { documentsPerRequest } from '../api/documents';
import { asError, isPaperlessError, PaperlessError } from '../api/errors';
import type { PaperlessClient } from '../api/paperlessClient';
import { chunks, documentsById } from './documentsById';
import { missingDocument } from './missingDocuments';

/** Documents that an edit did not change, with the reason. */
type Refusals = Map<number, Error>;

/** The error of a document that a deletion left where it was. */
export const notDeleted = (id: number): PaperlessError =>
	new PaperlessError('unavailable', `Document ${id} was not deleted`, {
		description:
			'The server reported success, but the document is still there. Look into its log for the reason.',
	});

const presentOf = (api: PaperlessClient, ids: readonly number[]) =>
	documentsById(api, ids, { fields: 'id' });

const sendTogether = (api: PaperlessClient, ids: readonly number[], edit: BulkEdit) =>
	api.documents.bulkEdit(ids, edit).then(() => undefined, asError);

/** The route for deleting a single document distinguishes 404 from 403; the bulk route does not. */
const sendOne = (api: PaperlessClient, id: number, edit: BulkEdit) =>
	edit.method === 'delete'
		? api.documents.delete(id).then(() => undefined, asError)
		: sendTogether(api, [id], edit);

async function sendEach(
	api: PaperlessClient,
	ids: readonly number[],
	edit: BulkEdit,
): Promise<Refusals> {
	const refusals: Refusals = new Map();
	for (const id of ids) {
		const error = await sendOne(api, id, edit);
		if (error) refusals.set(id, error);
	}
	return refusals;
}

async function editChunk(
	api: PaperlessClient,
	ids: readonly number[],
	edit: BulkEdit,
): Promise<Refusals> {
	let refused = await sendTogether(api, ids, edit);
	let rest = ids;
	const refusals: Refusals = new Map();
	// One unknown id refuses the whole request (docs/paperless-api.md#unknown-ids), so it is repeated
	// without those.
	if (isPaperlessError(refused, 'invalid')) {
		const present = await presentOf(api, ids);
		rest = ids.filter((id) => present.has(id));
		for (const id of ids) if (!present.has(id)) refusals.set(id, missingDocument(id));
		if (rest.length > 0 && rest.length < ids.length) refused = await sendTogether(api, rest, edit);
	}
	if (isPaperlessError(refused, 'forbidden') && rest.length > 1) {
		// The user may change some of the documents, and only single requests show which.
		for (const [id, error] of await sendEach(api, rest, edit)) refusals.set(id, error);
	} else if (refused) {
		for (const id of rest) refusals.set(id, refused);
	}
	if (edit.method === 'delete') {
		// A bulk deletion reports success whatever happened (docs/paperless-api.md#bulk-deletions).
		const left = await presentOf(api, ids);
		for (const id of left.keys()) if (!refusals.has(id)) refusals.set(id, notDeleted(id));
	}
	return refusals;
}

/**
 * Makes the same change to many documents, with one request per chunk as long as the server
 * accepts it. Returns the documents that were not changed, with the reason.
 */
export async function editTogether(
	api: PaperlessClient,
	ids: readonly number[],
	edit: BulkEdit,
): Promise<Refusals> {
	const refusals: Refusals = new Map();
	for (const chunk of chunks([...new Set(ids)], documentsPerRequest)) {
		const isSingleDeletion = chunk.length === 1 && edit.method === 'delete';
		const refused = isSingleDeletion
			? await sendEach(api, chunk, edit)
			: await editChunk(api, chunk, edit);
		for (const [id, error] of refused) refusals.set(id, error);
	}
	return refusals;
}
