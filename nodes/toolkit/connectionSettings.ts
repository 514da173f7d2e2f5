import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { PaperlessError } from '../api/errors';
import { normalizeBaseUrl } from '../api/normalizeBaseUrl';

/**
 * Headers that this package sets itself, of which a second one in another case would contradict it,
 * and headers that n8n's helper decides: how a message is framed and how long a connection lives.
 */
const reservedHeaders =
	/^(authorization|accept|accept-language|content-.*|connection|expect|host|http2-settings|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

function headersFrom(text: string): Record<string, string> {
	const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
	return Object.fromEntries(
		lines.map((line) => {
			const [, name, value] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
			if (name === undefined || value === undefined || reservedHeaders.test(name)) {
				throw new PaperlessError('invalid', '“Custom Headers” contains an invalid line', {
					description:
						'Write one header per line as “Name: value”. The node sets “Authorization”, “Accept”, “Content-Type” and headers about the connection itself, such as “Host”.',
				});
			}
			return [name, value];
		}),
	);
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Restores the line breaks of PEM text that was pasted into a single line. */
const pem = (value: unknown) =>
	text(value)
		.replace(/\\n/g, '\n')
		.replace(
			/(-----BEGIN [^-]+-----)([\s\S]+?)(-----END [^-]+-----)/g,
			(_, begin: string, body: string, end: string) =>
				`${begin}\n${body.trim().replace(/\s+/g, '\n')}\n${end}`,
		);

/** Removes the scheme that people paste with the token; the credential's own header does the same. */
export const bareToken = (token: unknown): string =>
	String(token ?? '')
		.trim()
		.replace(/^Token(\s+|$)/i, '');

/** 64 bits (FNV-1a, forward and backward) that differ for different texts. */
function fingerprintOf(value: string): string {
	const hash = (characters: readonly string[]) =>
		characters.reduce(
			(sum, character) => Math.imul(sum ^ character.charCodeAt(0), 0x01_00_01_93),
			0x81_1c_9d_c5,
		) >>> 0;
	const characters = value.split('');
	return [hash(characters), hash(characters.toReversed())].map(String).join('-');
}

type ConnectionSettings = {
	baseUrl: string;
	/** The public URL of the credential or its base URL. */
	webUrl: string;
	headers: Record<string, string>;
	ignoreSslIssues: boolean;
	/** What no message may show. */
	secrets: string[];
	/** Distinguishes credentials with the same base URL; too short to contain a secret. */
	fingerprint: string;
	/** The certificates and the key that the credential contains. */
	tls: { ca?: string; cert?: string; key?: string };
};

/** How to reach the server, from the credential. n8n adds the token itself. */
export function connectionSettings(
	credentials: ICredentialDataDecryptedObject,
): ConnectionSettings {
	const baseUrl = normalizeBaseUrl(text(credentials.baseUrl));
	const publicUrl = text(credentials.publicUrl).trim();
	const tls = {
		ca: pem(credentials.caCertificate),
		cert: pem(credentials.clientCertificate),
		key: pem(credentials.clientPrivateKey),
	};
	const headers = headersFrom(text(credentials.secretHeaders));
	const token = bareToken(credentials.apiToken);
	const route = JSON.stringify([token, headers, tls]);
	return {
		baseUrl,
		webUrl: publicUrl === '' ? baseUrl : normalizeBaseUrl(publicUrl, 'Public URL'),
		headers,
		fingerprint: fingerprintOf(route),
		secrets: [token, ...Object.values(headers), tls.key, ...tls.key.split('\n')],
		ignoreSslIssues: credentials.ignoreSslIssues === true,
		tls: Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== '')),
	};
}
