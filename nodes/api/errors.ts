import { neededFor } from './requiredPermission';
import type { Call, FailureCause, HttpFailure, HttpReply } from './httpTransport';

export type ErrorKind =
	| 'cancelled'
	| 'forbidden'
	| 'interrupted'
	| 'invalid'
	| 'notFound'
	| 'notPaperless'
	| 'proxyRefused'
	| 'readOnly'
	| 'throttled'
	| 'tooLarge'
	| 'unauthorized'
	| 'unavailable'
	| 'unexpectedReply'
	| 'unreachable'
	| 'unresolved'
	| 'unsupported';

type Details = {
	/** How to go on. */
	description?: string;
	status?: number | undefined;
	/** The server's field errors, by its own field names. */
	fields?: Readonly<Record<string, string>>;
	/** The parameter that the message is about, by its internal name. */
	parameter?: string | undefined;
};

/** Says what happened (`message`) and how to go on (`description`); never carries the token. */
export class PaperlessError extends Error {
	readonly kind: ErrorKind;
	readonly description: string;
	readonly status: number | undefined;
	readonly fields: Readonly<Record<string, string>>;
	readonly parameter: string | undefined;

	constructor(kind: ErrorKind, message: string, details: Details = {}) {
		super(message);
		this.name = 'PaperlessError';
		this.kind = kind;
		this.description = details.description ?? '';
		this.status = details.status;
		this.fields = details.fields ?? {};
		this.parameter = details.parameter;
	}

	/** The same error with more to say about how to go on. */
	adding(words: string): PaperlessError {
		return this.with({ description: `${this.description} ${words}`.trim() });
	}

	/** The same error, said of another parameter. */
	about(parameter: string | undefined): PaperlessError {
		return this.with({ parameter });
	}

	private with(details: Details): PaperlessError {
		return new PaperlessError(this.kind, this.message, { ...this, ...details });
	}
}

/** Whether this is an error of the client, of one of the kinds where some are named. */
export const isPaperlessError = (
	thrown: unknown,
	...kinds: ErrorKind[]
): thrown is PaperlessError =>
	thrown instanceof PaperlessError && (kinds.length === 0 || kinds.includes(thrown.kind));

const isWrite = (request: Call) => request.method !== 'GET';

const unknownOutcome =
	'The request may have reached Paperless-ngx and was therefore not repeated. Look whether it took effect before you run it again.';

const failureTexts: Readonly<Record<FailureCause, { message: string; description: string }>> = {
	refused: {
		message: 'Paperless-ngx does not answer at this address',
		description:
			'The connection was refused. Check that the server is running and that host and port of the Base URL are right. From inside a container, “localhost” is the container itself.',
	},
	nameNotFound: {
		message: 'The host name of the Base URL was not found',
		description: 'Check its spelling, and that n8n can resolve it (DNS, container network).',
	},
	tls: {
		message: 'The TLS certificate of Paperless-ngx is not trusted',
		description:
			'Enter the certificate of your authority under “CA Certificate” in the credential, or switch on “Ignore SSL Issues”. A server that wants a client certificate needs “Client Certificate” and “Client Key”.',
	},
	timeout: {
		message: 'Paperless-ngx did not answer in time',
		description: 'The server may be busy or unreachable. Try again later.',
	},
	interrupted: {
		message: 'The connection to Paperless-ngx broke off',
		description: 'The server or a proxy in front of it closed it. Try again.',
	},
	cancelled: { message: 'The execution was cancelled', description: '' },
	blocked: {
		message: 'n8n does not allow a connection to this address',
		description:
			'Its protection against server-side request forgery is on. Add the server to N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.',
	},
	other: {
		message: 'The connection to Paperless-ngx could not be made',
		description: 'Check the Base URL and the network between n8n and the server.',
	},
};

const failureKinds: Readonly<Partial<Record<FailureCause, ErrorKind>>> = {
	cancelled: 'cancelled',
	interrupted: 'interrupted',
	timeout: 'interrupted',
};

export function explainFailure(request: Call, { failure, detail }: HttpFailure): PaperlessError {
	const { message, description } = failureTexts[failure];
	const mayHaveHappened = isWrite(request) && ['timeout', 'interrupted', 'other'].includes(failure);
	return new PaperlessError(failureKinds[failure] ?? 'unreachable', message, {
		description: [mayHaveHappened ? unknownOutcome : description, detail && `(${detail})`]
			.filter(Boolean)
			.join(' '),
	});
}

/** A proxy's page may repeat the request; the tokens of Paperless-ngx are 40 hexadecimal digits. */
const withoutToken = (text: string) => text.replace(/\b[0-9a-f]{40}\b/gi, '…');

const isHtml = (body: string) => /<\/?(html|!doctype|head|body|h1|title|script)\b/i.test(body);

/** Django's error bodies nest lists, objects and plain strings (paperless-api §1.5). */
function flatten(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(flatten);
	if (value !== null && typeof value === 'object') {
		return Object.entries(value).flatMap(([key, inner]) =>
			flatten(inner).map((text) =>
				/^(\d+|non_field_errors|detail|error)$/.test(key) ? text : `${key}: ${text}`,
			),
		);
	}
	return value === null || value === undefined ? [] : [String(value)];
}

function fieldErrors(json: unknown): Record<string, string> {
	if (json === null || typeof json !== 'object' || Array.isArray(json)) return {};
	return Object.fromEntries(
		Object.entries(json).map(([field, value]) => [field, flatten(value).join(' ')]),
	);
}

export function parseJson(body: string): { ok: true; json: unknown } | { ok: false } {
	const start = body.trimStart()[0];
	if (start === undefined || !/[[{"\dtfn-]/.test(start)) return { ok: false };
	try {
		return { ok: true, json: JSON.parse(body) };
	} catch {
		return { ok: false };
	}
}

const checkUrl =
	'Check the Base URL of the credential: it is the address at which you open Paperless-ngx in the browser, with its sub-path where it has one.';

function explainRedirect(request: Call, reply: HttpReply<string>, baseUrl: string) {
	const location = reply.headers.location ?? '';
	const here = new URL(baseUrl);
	const there = URL.canParse(location, baseUrl) ? new URL(location, baseUrl) : here;
	if (there.hostname === here.hostname && there.protocol !== here.protocol) {
		return new PaperlessError('notPaperless', `The server redirects to ${there.protocol}//`, {
			description: `Change the Base URL to ${there.protocol}//${there.host}${here.pathname === '/' ? '' : here.pathname}. Redirects are not followed, because a redirected write is lost.`,
			status: reply.status,
		});
	}
	if (there.hostname !== here.hostname) {
		return new PaperlessError(
			'proxyRefused',
			`A proxy in front of Paperless-ngx redirects to ${there.host}`,
			{
				description:
					'It asks for a login of its own (single sign-on). Let requests to /api/ pass there, or add the headers that it accepts under “Custom Headers” in the credential.',
				status: reply.status,
			},
		);
	}
	return new PaperlessError('notPaperless', 'The server answers with its login page', {
		description: `${checkUrl} There is no API at ${there.origin}${new URL(`${baseUrl}/${request.path}`).pathname}.`,
		status: reply.status,
	});
}

/** Turns an answer that is no success into what the user reads. */
export function explainReply(
	request: Call,
	reply: HttpReply<string>,
	baseUrl: string,
): PaperlessError {
	const { status } = reply;
	const body = withoutToken(reply.body);
	const parsed = parseJson(body);
	const html = !parsed.ok && isHtml(body);
	const words = parsed.ok ? flatten(parsed.json).join(' ') : html ? '' : body.trim().slice(0, 500);
	const make = (kind: ErrorKind, message: string, description: string, details: Details = {}) =>
		new PaperlessError(kind, message, { description, status, ...details });

	if (status >= 300 && status < 400) return explainRedirect(request, reply, baseUrl);
	// Where a proxy logs users in, Paperless-ngx says so with a 403 (paperless-api §1.2).
	const strange = /^(Invalid token|Authentication credentials were|User inactive)/.test(words);
	if (status === 401 || (status === 403 && strange)) {
		return html || (reply.headers['www-authenticate']?.includes('realm="') && !parsed.ok)
			? make(
					'proxyRefused',
					'A proxy in front of Paperless-ngx asks for a password',
					'A password door cannot be combined with a token. Let requests to /api/ pass there, or use headers that it accepts under “Custom Headers” in the credential.',
				)
			: make(
					'unauthorized',
					'Paperless-ngx does not accept the token',
					`${words} Copy the token anew: in Paperless-ngx open your user menu → My Profile → API Auth Token.`.trim(),
				);
	}
	if (status === 403 && html) {
		return /csrf/i.test(body)
			? make('notPaperless', 'There is no API at this address', checkUrl)
			: make(
					'proxyRefused',
					'A proxy in front of Paperless-ngx refuses the request',
					'The answer (403) is a web page and does not come from Paperless-ngx. Let requests to /api/ pass there, or add the headers that it accepts under “Custom Headers” in the credential.',
				);
	}
	if (status === 403) {
		return make(
			'forbidden',
			'The token’s user may not do this',
			`${neededFor(request)} ${words}`.trim(),
		);
	}
	if (status === 404 && parsed.ok) {
		return make('notFound', 'It does not exist, or the token’s user may not see it', words);
	}
	if (status === 404 || status === 405) {
		return make('notPaperless', 'There is no Paperless-ngx API at this address', checkUrl);
	}
	if (status === 406) {
		return make('unsupported', 'Paperless-ngx refuses the version of the API', words);
	}
	if (status === 413) {
		return make(
			'tooLarge',
			'The file is larger than a proxy in front of Paperless-ngx lets pass',
			'Paperless-ngx itself has no limit. Raise the limit of the proxy (nginx: client_max_body_size).',
		);
	}
	if (status === 429) {
		return make(
			'throttled',
			'Paperless-ngx asks to wait: too many requests',
			words || 'Run the workflow again later, or with fewer items at a time.',
		);
	}
	if (status === 400 && html) {
		return /https port/i.test(body)
			? make(
					'notPaperless',
					'The server speaks HTTPS at this port',
					'Change the Base URL to https://.',
				)
			: make(
					'notPaperless',
					'The server refuses this host name',
					'Add it to PAPERLESS_ALLOWED_HOSTS, or set PAPERLESS_URL to the address that you use here.',
				);
	}
	if (status < 500) {
		// Bulk edits name the field within the sentence only.
		const named = /^Some [a-z ]+ in (\w+) don.t exist/.exec(words)?.[1];
		return make('invalid', words || `Paperless-ngx refused the request (${status})`, '', {
			fields: named ? { [named]: words } : parsed.ok ? fieldErrors(parsed.json) : {},
		});
	}
	const happened = isWrite(request) ? ` ${unknownOutcome}` : '';
	if (words) {
		return make('unavailable', words, `Paperless-ngx answered with status ${status}.${happened}`);
	}
	return [502, 503, 504].includes(status)
		? make(
				'unavailable',
				'Paperless-ngx is not available at the moment',
				`A proxy in front of it answered with status ${status}: the server is down, starting or too busy.${happened}`,
			)
		: make(
				'unavailable',
				'Paperless-ngx broke down over this request',
				`It answered with status ${status}; its log says why.${happened}`,
			);
}

/** An answer with a good status that is no JSON: a login page, a proxy's page, a body cut short. */
export function explainNotJson(reply: HttpReply<string>): PaperlessError {
	return isHtml(reply.body)
		? new PaperlessError('notPaperless', 'The server answers with a web page instead of data', {
				description: `${checkUrl} The page may also be the login of a proxy in front of it.`,
				status: reply.status,
			})
		: new PaperlessError('unexpectedReply', 'The answer of Paperless-ngx is not readable', {
				description: 'It is no complete JSON; it may have been cut off on the way. Try again.',
				status: reply.status,
			});
}

/** A server answers with its login page also where it has no such route (paperless-api §1.7). */
export const orMissingRoute = (error: PaperlessError, { path }: Call, version: string) =>
	new PaperlessError(error.kind, error.message, {
		...error,
		description: `Either Paperless-ngx ${version} has no /${path}, because it is too old or too new for this operation, or a proxy in front of it now asks for a login. ${error.description}`,
	});

/** Anything can be thrown; what is no error becomes one. */
export const asError = (thrown: unknown): Error =>
	thrown instanceof Error ? thrown : new Error(String(thrown));

/** For a request about what may be gone: then its answer is nothing. */
export const orNothing = (thrown: unknown): undefined => {
	if (thrown instanceof PaperlessError && thrown.kind === 'notFound') return undefined;
	throw thrown;
};
