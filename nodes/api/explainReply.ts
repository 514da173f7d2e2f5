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

/** Characters of the server's own words in a message, and of an answer that is no JSON. */
const longest = { words: 2000, text: 500 } as const;

/**
 * Django's error bodies nest lists, objects and plain strings (docs/paperless-api.md#error-bodies).
 */
function flatten(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(flatten);
	if (isRecord(value)) {
		return Object.entries(value).flatMap(([key, inner]) =>
			flatten(inner).map((text) =>
				/^(\d+|non_field_errors|detail|error)$/.test(key) ? text : `${key}: ${text}`,
			),
		);
	}
	return value === null || value === undefined ? [] : [String(value)];
}

/** The server's field errors. Bulk edits name the field only within the sentence. */
function fieldErrors(json: unknown, words: string, conceal: Conceal): Record<string, string> {
	const named = /^Some [a-z ]+ in (\w+) don.t exist/.exec(words)?.[1];
	if (named) return { [named]: words };
	if (!isRecord(json)) return {};
	return Object.fromEntries(
		Object.entries(json).map(([field, value]) => [
			field,
			conceal(flatten(value).join(' ')).slice(0, longest.words),
		]),
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
	const text = isPage ? '' : conceal(body.trim()).slice(0, longest.text);
	const words = parsed.ok ? conceal(flatten(json).join(' ')).slice(0, longest.words) : text;
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
