import { abridge } from './abridge';
import type { Conceal } from './concealer';
import { concealer } from './concealer';
import { PaperlessError } from './errors';
import { unknownOutcome } from './explainFailure';
import { fillIn } from './fillIn';
import type { ApiRequest, HttpReply } from './httpTransport';
import { isWebPage } from './isWebPage';
import { isRecord, parseJson } from './json';
import type { SeenReply } from './replyRows';
import { rowFor } from './replyRows';
import { requiredPermission } from './requiredPermission';

/** The bounds of an error that is stored with the execution and that people read. */
const deepest = 10;
const mostTexts = 100;
const longestText = 2000;

/**
 * Django's error bodies nest lists, objects and plain strings (docs/paperless-api.md#error-bodies).
 */
function* textsIn(value: unknown, conceal: Conceal, prefix = '', depth = 0): Generator<string> {
	if (depth > deepest || value === null || value === undefined) return;
	if (Array.isArray(value)) {
		for (const inner of value) yield* textsIn(inner, conceal, prefix, depth + 1);
	} else if (isRecord(value)) {
		for (const [key, inner] of Object.entries(value)) {
			const isField = !/^(\d+|non_field_errors|detail|error)$/.test(key);
			const name = isField ? `${prefix}${abridge(conceal(key))}: ` : prefix;
			yield* textsIn(inner, conceal, name, depth + 1);
		}
	} else yield prefix + abridge(conceal(String(value)), longestText);
}

/** The words of an error, cut where they are longer than any of Paperless-ngx. */
function wordsOf(value: unknown, conceal: Conceal): string {
	const texts: string[] = [];
	for (const text of textsIn(value, conceal)) {
		texts.push(text);
		if (texts.length === mostTexts) break;
	}
	return abridge(texts.join(' '), longestText);
}

/** The server's field errors. Bulk edits name the field only within the sentence. */
function fieldErrors(json: unknown, words: string, conceal: Conceal): Record<string, string> {
	const named = /^Some [a-z ]+ in (\w+) don.t exist/.exec(words)?.[1];
	if (named) return { [named]: words };
	if (!isRecord(json)) return {};
	return Object.fromEntries(
		Object.entries(json)
			.slice(0, mostTexts)
			.map(([field, value]) => [field, wordsOf(value, conceal)]),
	);
}

function redirectOf(request: ApiRequest, { status, headers }: HttpReply<string>, baseUrl: string) {
	const here = new URL(baseUrl);
	const location = headers.location ?? '';
	const there = URL.canParse(location, baseUrl) ? new URL(location, baseUrl) : here;
	const subPath = here.pathname === '/' ? '' : here.pathname;
	const facts = {
		scheme: there.protocol,
		host: there.host,
		address: `${there.protocol}//${there.host}${subPath}`,
		route: `${there.origin}${new URL(`${baseUrl}/${request.path}`).pathname}`,
	};
	if (status < 300 || status >= 400) return { facts };
	if (there.hostname !== here.hostname) return { facts, redirect: 'otherHost' } as const;
	const redirect = there.protocol === here.protocol ? 'sameServer' : 'otherScheme';
	return { facts, redirect } as const;
}

/**
 * Turns a reply that is not a success into the error that the user reads. `held` are the
 * permissions of the token's user, where they are known. Secrets are concealed before anything is cut.
 */
export function explainReply(
	request: ApiRequest,
	reply: HttpReply<string>,
	baseUrl: string,
	conceal: Conceal = concealer([]),
	held?: ReadonlySet<string>,
): PaperlessError {
	const { status, headers, body } = reply;
	const parsed = parseJson(body);
	const json = parsed.ok ? parsed.json : undefined;
	const isPage = !parsed.ok && isWebPage(body);
	const text = isPage ? '' : abridge(conceal(body.trim()));
	const words = parsed.ok ? wordsOf(json, conceal) : text;
	const { facts, redirect } = redirectOf(request, reply, baseUrl);
	const seen: SeenReply = {
		status,
		isObject: /\d|^api\/logs\//.test(request.path),
		isJson: parsed.ok,
		isPage,
		body,
		words,
		asksForPassword:
			isPage || (!parsed.ok && headers['www-authenticate']?.includes('realm="') === true),
		...(redirect && { redirect }),
	};
	const { kind, message, description } = rowFor(seen);
	const filled = {
		...facts,
		words,
		status: String(status),
		required: kind === 'forbidden' ? requiredPermission(request, held) : '',
		outcome: request.method === 'GET' ? '' : unknownOutcome,
	};
	return new PaperlessError(kind, fillIn(message, filled), {
		description: fillIn(description, filled),
		status,
		...(kind === 'invalid' && { fields: fieldErrors(json, words, conceal) }),
	});
}

/**
 * The same error where the base URL was right before, so that only the route may be missing.
 * Paperless-ngx answers with its login page also where it lacks a route
 * (docs/paperless-api.md#missing-routes).
 */
export function orMissingRoute(
	error: PaperlessError,
	{ path }: ApiRequest,
	version: string,
): PaperlessError {
	const isMissing = error.status === 404 || error.status === 405;
	return new PaperlessError(
		error.kind,
		isMissing ? `This server has no route /${path}` : error.message,
		{
			...error,
			description: `Either Paperless-ngx ${version} has no /${path}, because it is too old or too new for this operation, or a proxy in front of it ${isMissing ? 'blocks it' : 'now asks for a login'}. ${error.description}`,
		},
	);
}
