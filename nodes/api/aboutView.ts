import { isPaperlessError, PaperlessError } from './errors';
import { queryOfSavedView } from './savedViewRules';
import type { SavedView } from './schemas/named';

const searches = ['query', 'text', 'title_search', 'title_content'];

/**
 * Turns an error about the documents of a saved view into one that names the view and its search.
 * Servers differ in what they understand, and say of a search only that it went wrong
 * (docs/paperless-api.md#searches-of-views).
 */
export function aboutView(thrown: Error, view: SavedView): Error {
	if (!isPaperlessError(thrown, 'invalid')) return thrown;
	const query = queryOfSavedView(view);
	const texts = searches.flatMap((name) => (query[name] === undefined ? [] : [query[name]]));
	const search = texts.length > 0 ? ` It searches for “${texts.join('”, “')}”.` : '';
	return new PaperlessError('invalid', `Paperless-ngx cannot run the saved view “${view.name}”`, {
		description: `The server says: ${thrown.message}${search} Open the view in Paperless-ngx and change it, or use filters instead.`,
		...(thrown.status !== undefined && { status: thrown.status }),
		parameter: 'savedView',
	});
}
