/** Routes that answer a question although it is sent as a POST. */
const questions = new Set([
	'api/documents/bulk_download/',
	'api/documents/chat/',
	'api/documents/selection_data/',
	'api/storage_paths/test/',
]);

/** Whether a request changes nothing on the server. `path` is relative to the base URL. */
export const isRead = (method: string, path: string): boolean =>
	['GET', 'HEAD'].includes(method) || (method === 'POST' && questions.has(path));
