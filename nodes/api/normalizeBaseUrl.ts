import { PaperlessError } from './errors';

/** A name and a password before the host are secrets, even in an address that cannot be used. */
const withoutLogin = (text: string) => text.replace(/^[^]*@/, '…@').slice(0, 200);

/**
 * Brings the address that people paste to one form: `https://host/sub`. A trailing `/api`, the path
 * of the schema view, slashes, query and fragment are dropped.
 */
export function normalizeBaseUrl(typed: string, label = 'Base URL'): string {
	const text = typed.trim();
	if (!/^https?:\/\/[^/\s]/i.test(text) || !URL.canParse(text)) {
		throw new PaperlessError('invalid', `The ${label} is not a web address`, {
			description: `Received “${withoutLogin(text)}”. Enter it with its scheme, e.g. https://paperless.example.com or http://192.168.1.5:8000.`,
		});
	}
	const url = new URL(text);
	const path = url.pathname
		.replace(/\/+$/, '')
		.replace(/\/api(\/schema\/view)?$/, '')
		.replace(/\/(dashboard|accounts\/login)$/, '')
		.replace(/\/+$/, '');
	return url.origin + path;
}
