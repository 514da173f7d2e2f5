import type { ApiRequest } from './httpTransport';
import { isRecord } from './json';

/** Fields whose values nobody may read: of accounts, of PDFs, of an AI. */
const secretName = /password|secret|token|api_?key|authorization/i;

/** A header of a webhook is a secret under any name. */
const holdsSecrets = (name: string): boolean => secretName.test(name) || name === 'headers';

function* textsIn(value: unknown, isSecret: boolean): Generator<string> {
	if (typeof value === 'string' && isSecret) yield value;
	if (Array.isArray(value)) for (const inner of value) yield* textsIn(inner, isSecret);
	if (!isRecord(value)) return;
	for (const [name, inner] of Object.entries(value))
		yield* textsIn(inner, isSecret || holdsSecrets(name));
}

/** The secrets that a request carries in its body, which the answer may repeat. */
export function sentSecrets({ body }: Pick<ApiRequest, 'body'>): string[] {
	if (body === undefined) return [];
	if ('json' in body) return [...textsIn(body.json, false)];
	return body.parts.flatMap((part) =>
		'text' in part && secretName.test(part.field) ? [part.text] : [],
	);
}
