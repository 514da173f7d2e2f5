import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { PaperlessError } from '../api/errors';
import { isRead } from '../api/isRead';
import { normalizeBaseUrl } from '../api/normalizeBaseUrl';
import { bareToken } from './connectionSettings';
import { isReadOnly } from './isReadOnly';
import { refusedWrite } from './refusedWrite';

/** n8n's HTTP Request node describes a request in an older form. */
type AnyOptions = IHttpRequestOptions & { uri?: unknown };

/** The path of an address below the base URL; `undefined` for every other address. */
function pathBelow(baseUrl: string, address: unknown): string | undefined {
	const text = String(address);
	if (!URL.canParse(text)) return undefined;
	const { origin, pathname } = new URL(text);
	const [place, base] = [`${origin}${pathname}`, `${baseUrl}/`];
	return place.startsWith(base) ? place.slice(base.length) : undefined;
}

const elsewhere = (baseUrl: string) =>
	new PaperlessError('invalid', 'This credential is only for its own Paperless-ngx', {
		description: `It sends the token to addresses below ${baseUrl}/ and through no other proxy than n8n’s own. Change the address of the request.`,
	});

/**
 * Adds the token to a request. Any node may use the credential where n8n is older than
 * docs/n8n.md#credentials-of-nodes, so the credential itself keeps the token from other hosts and
 * Read Only from writing.
 */
export async function authorizeRequest(
	credentials: ICredentialDataDecryptedObject,
	options: AnyOptions,
): Promise<IHttpRequestOptions> {
	const baseUrl = normalizeBaseUrl(String(credentials.baseUrl));
	const addresses = [options.url, options.uri, options.baseURL].filter(Boolean);
	const paths = addresses.map((address) => pathBelow(baseUrl, address));
	const isBelow = paths.length > 0 && paths.every((path) => path !== undefined);
	if (!isBelow || options.proxy !== undefined) throw elsewhere(baseUrl);
	const method = String(options.method ?? 'GET').toUpperCase();
	const mayWrite = paths.some((path = '') => !isRead(method, path));
	if (isReadOnly(credentials) && mayWrite)
		throw refusedWrite(`A request with ${method} may change the archive.`);
	return await Promise.resolve({
		...options,
		headers: { ...options.headers, Authorization: `Token ${bareToken(credentials.apiToken)}` },
		sendCredentialsOnCrossOriginRedirect: false,
	});
}
