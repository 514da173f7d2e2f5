import { asError } from '../api/errors';
import type { PaperlessClient } from '../api/paperlessClient';
import type { Document } from '../api/schemas/document';
import type { Query } from '../api/httpTransport';
import { asVersion } from './versionRefusal';

/**
 * One document by its id. Throws PaperlessError `notFound` where there is none, also for the id of a
 * version.
 */
export async function getDocument(
	api: PaperlessClient,
	id: number,
	query: Query,
	parameter = 'document',
): Promise<Document> {
	try {
		return await api.documents.get(id, query);
	} catch (thrown) {
		throw await asVersion(api, id, asError(thrown), parameter);
	}
}
