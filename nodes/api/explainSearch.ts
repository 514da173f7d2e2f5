import { isPaperlessError, PaperlessError } from './errors';
import type { Query } from './httpTransport';

/**
 * The key under which a query carries the name of the saved view that its words come from. A symbol
 * is copied with the query but never sent.
 */
export const viewOfQuery = Symbol('saved view');

export type SearchQuery = Query & { readonly [viewOfQuery]?: string };

/** The server's words for a full text query that it cannot parse name nothing (docs/paperless-api.md#unreadable-queries). */
const isAboutQuery = (error: PaperlessError) =>
	error.status === 400 &&
	(error.fields.query !== undefined || error.message.startsWith('Error listing search results'));

/** The error of a list request, about the full text query where the server does not understand it. */
export function explainSearch(error: Error, { query, ...more }: SearchQuery): Error {
	if (query === undefined || !isPaperlessError(error) || !isAboutQuery(error)) return error;
	const view = more[viewOfQuery];
	return new PaperlessError('invalid', `Paperless-ngx does not understand the query “${query}”`, {
		...error,
		description: `${view === undefined ? 'Check its brackets, quotation marks and field names' : `It is a rule of the saved view “${view}”. Change it there`}; every version of Paperless-ngx has its own query language. The server answered: ${error.message}`,
	});
}
