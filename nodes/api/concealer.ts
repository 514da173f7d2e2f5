/** Rewrites text from outside so that it shows no secret. */
export type Conceal = (text: string) => string;

/** Shorter values, such as “https” or “true”, are no secrets, and every second message contains them. */
const shortest = 8;

/** Of a field that holds a password and nothing else: the code of a PDF has four digits. */
export const shortestPassword = 4;

/** A value may be repeated as a whole or without its scheme or name, as it is or encoded. */
const formsOf = (secret: string): string[] =>
	[secret, ...secret.split(/[\s;,=]+/)].flatMap((part) => [
		part,
		encodeURIComponent(part),
		JSON.stringify(part).slice(1, -1),
	]);

/**
 * A server or a proxy may repeat the request in its answer, with the token and the headers of the
 * credential. The tokens of Paperless-ngx are 40 hexadecimal digits; those of others go as well.
 */
export function concealer(secrets: readonly string[], least = shortest): Conceal {
	const forms = [...new Set(secrets.flatMap(formsOf))]
		.filter((form) => form.length >= least)
		.sort((a, b) => b.length - a.length);
	return (text) =>
		forms
			.reduce((shown, form) => shown.replaceAll(form, '…'), text)
			.replace(/\b[0-9a-f]{40}\b/gi, '…');
}
