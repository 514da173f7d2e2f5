import type { PaperlessClient } from '../api/paperlessClient';
import type { Document } from '../api/schemas/document';
import type { Query } from '../api/httpTransport';
import { documentsById } from './documentsById';
import { whyMissing } from './missingDocuments';

/**
 * Documents in the order of their ids. Throws PaperlessError `notFound` for the first that is
 * missing, also for the id of a version.
 */
export async function requireDocuments(
	api: PaperlessClient,
	ids: readonly number[],
	query: Query,
	parameter = 'document',
): Promise<Document[]> {
	const known = await documentsById(api, ids, query);
	const missing = ids.find((id) => !known.has(id));
	if (missing !== undefined) throw await whyMissing(api, missing, parameter);
	return ids.flatMap((id) => known.get(id) ?? []);
}
