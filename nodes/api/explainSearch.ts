import { isPaperlessError, PaperlessError } from './errors';
import type { Query } from './httpTransport';

/**
 * The key under which a query carries the name of the saved view that its words come from. A symbol
 * is copied with the query but never sent.
 */
export const viewOfQuery = Symbol('saved view');

export type SearchQuery = Query & { readonly [viewOfQuery]?: string };

const searches = ['query', 'text', 'title_search', 'title_content'] as const;

/** The words that a query searches for; `undefined` where it only filters. */
export const searchOf = (query: Query): string | undefined =>
	searches.map((name) => query[name]).find((words) => words !== undefined);

/** The server's words for a search that it cannot run name nothing (docs/paperless-api.md#unreadable-queries). */
const isAboutSearch = ({ fields, message, status }: PaperlessError) =>
	status === 400 &&
	(searches.some((name) => name in fields) || message.startsWith('Error listing search results'));

/**
 * The error of a list request, about its search where the server does not understand it. A search of
 * a saved view may come from another version of the server (docs/paperless-api.md#searches-of-views).
 */
export function explainSearch(error: Error, { [viewOfQuery]: view, ...query }: SearchQuery): Error {
	const words = searchOf(query);
	if (words === undefined || !isPaperlessError(error) || !isAboutSearch(error)) return error;
	const [place, advice] =
		view === undefined
			? ['', 'Check its brackets, quotation marks and field names']
			: [` of the saved view “${view}”`, 'Change it there, or use filters instead'];
	return new PaperlessError(
		'invalid',
		`Paperless-ngx does not understand the query “${words}”${place}`,
		{
			status: error.status,
			description: `${advice}; every version of Paperless-ngx has its own query language. The server answered: ${error.message}`,
		},
	);
}
