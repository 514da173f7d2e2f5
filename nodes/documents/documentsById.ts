import { documentsPerRequest } from '../api/documents';
import { isPaperlessError } from '../api/errors';
import type { PaperlessClient } from '../api/paperlessClient';
import type { Document } from '../api/schemas/document';
import type { Query } from '../api/httpTransport';
import { explaining } from '../toolkit/explaining';
import { whyMissing } from './missingDocuments';

export const chunks = <T>(all: readonly T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
		all.slice(index * size, (index + 1) * size),
	);

/**
 * The documents with these ids that match the query, by id, with one request per chunk. Ids that
 * do not exist are left out.
 */
export async function documentsById(
	api: PaperlessClient,
	ids: readonly number[],
	{ id__in: allowed, ...query }: Query,
): Promise<Map<number, Document>> {
	// The server accepts one list of ids, so the list of a filter is applied here.
	const allowedIds = allowed === undefined ? undefined : new Set(allowed.split(',').map(Number));
	const wanted = [...new Set(ids)].filter((id) => allowedIds?.has(id) ?? true);
	const found = new Map<number, Document>();
	for (const chunk of chunks(wanted, documentsPerRequest)) {
		const documents = await api.documents.list({
			...query,
			id__in: chunk.join(','),
			ordering: 'id',
		});
		for (const document of documents) found.set(document.id, document);
	}
	return found;
}

/**
 * Sends a request about documents. When the server rejects it, a missing document is reported by
 * its id and as the value of this parameter: servers describe unknown ids in many different ways
 * and rarely name them.
 */
export const orMissing = <T>(
	api: PaperlessClient,
	ids: readonly number[],
	parameter: string,
	send: () => Promise<T>,
): Promise<T> =>
	explaining(send, async (error) => {
		if (!isPaperlessError(error, 'invalid', 'forbidden', 'notFound')) return error;
		const present = await documentsById(api, ids, { fields: 'id' }).catch(() => undefined);
		const missing = present && ids.find((id) => !present.has(id));
		return missing === undefined ? error : await whyMissing(api, missing, parameter);
	});
