/** True for HTML, which comes from a login page or a proxy: the API answers with JSON or plain text. */
export const isWebPage = (body: string): boolean =>
	/<\/?(html|!doctype|head|body|h1|title|script)\b/i.test(body);
