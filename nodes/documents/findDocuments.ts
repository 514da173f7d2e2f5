import type { SearchQuery } from '../api/explainSearch';
import type { Document } from '../api/schemas/document';
import type { Context } from '../toolkit/operation';
import { hintAtDocuments } from './hintAtDocuments';

/** The documents of a query up to a limit, and how many there are. Hints say what the limit cut. */
export async function findDocuments(
	context: Context,
	query: SearchQuery,
	limit: number | undefined,
): Promise<{ documents: Document[]; count: number }> {
	let count = 0;
	const documents = await context.api.documents.list(query, {
		limit,
		onCount: (all) => {
			count = all;
		},
	});
	hintAtDocuments(context, { shown: documents.length, count });
	return { documents, count };
}
