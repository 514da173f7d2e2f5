import { isPaperlessError } from '../api/errors';
import type { PaperlessClient } from '../api/paperlessClient';
import type { Document } from '../api/schemas/document';
import type { Query } from '../api/httpTransport';

/**
 * One document by its id. Throws PaperlessError `notFound` where there is none, also for the id of a
 * version.
 */
export const getDocument = async (
	api: PaperlessClient,
	id: number,
	query: Query,
	parameter = 'document',
): Promise<Document> =>
	await api.documents.get(id, query).catch((thrown: unknown) => {
		throw isPaperlessError(thrown, 'notFound') ? thrown.about(parameter) : thrown;
	});
