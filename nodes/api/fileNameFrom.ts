import { safeFileName } from './safeFileName';

/** The name comes from outside, so bytes that are not percent-encoded are left unchanged. */
function decode(encoded: string): string {
	const bytes = encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
	return Buffer.from(bytes, 'latin1').toString('utf8');
}

/**
 * Returns the file name in a Content-Disposition header, without folders. `filename*` (RFC 5987)
 * wins over `filename`, which Paperless-ngx reduces to ASCII.
 */
export function fileNameFrom(disposition: string | undefined): string | undefined {
	if (disposition === undefined) return undefined;
	const encoded = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(disposition)?.[1];
	const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i
		.exec(disposition)?.[1]
		?.replace(/\\(.)/g, '$1');
	const bare = /filename\s*=\s*([^";\s]+)/i.exec(disposition)?.[1];
	const name = (encoded !== undefined ? decode(encoded) : undefined) ?? quoted ?? bare;
	return safeFileName(name);
}
