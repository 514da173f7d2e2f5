/** Routes that answer a question although it is sent as a POST. */
const questions = new Set([
	'api/documents/bulk_download/',
	'api/documents/chat/',
	'api/documents/selection_data/',
	'api/storage_paths/test/',
]);

/**
 * Routes that write although they are read (docs/paperless-api.md#reads-that-write). An escaped path
 * may be such a route as well.
 */
const writingReads = /%|(^|\/)oauth\b/i;

/** Whether a request changes nothing on the server. `path` is relative to the base URL. */
export const isRead = (method: string, path: string): boolean =>
	['GET', 'HEAD'].includes(method)
		? !writingReads.test(path)
		: method === 'POST' && questions.has(path);
