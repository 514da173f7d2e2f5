import type { ErrorKind } from './errors';
import { checkBaseUrl } from './explainUnreadable';
import { spokenVersions } from './server';

/** What the rows below decide by. */
export type SeenReply = {
	status: number;
	/** False for a path without the id or name of an object, such as that of a list. */
	isObject?: boolean;
	/** Where a redirect leads, seen from the Base URL. */
	redirect?: 'otherScheme' | 'otherHost' | 'sameServer';
	isJson: boolean;
	/** A web page, which Paperless-ngx itself sends for few refusals. */
	isPage: boolean;
	body: string;
	/** The server's own words; empty for a web page. */
	words: string;
	/** A proxy asks for a user name and a password. */
	asksForPassword: boolean;
};

type ReplyRow = {
	when: (reply: SeenReply) => boolean;
	kind: ErrorKind;
	/** What happened. `{words}` and the like stand for facts of the reply. */
	message: string;
	/** How to go on. */
	description: string;
};

const passProxy =
	'Let requests to /api/ pass there, or add the headers that it accepts under “Custom Headers” in the credential.';

/**
 * Paperless-ngx rejects a token with 403 in place of 401 where a proxy logs users in
 * (docs/paperless-api.md#logins-at-a-proxy).
 */
const rejectsToken = ({ status, words }: SeenReply) =>
	status === 401 ||
	(status === 403 && /^(Invalid token|Authentication credentials were|User inactive)/.test(words));

const missingRoute = 'This server has no route {route}';
const whyRouteIsMissing =
	'Paperless-ngx is too old or too new for this operation, or a proxy in front of it blocks this address.';

const crashed: ReplyRow = {
	when: () => true,
	kind: 'unavailable',
	message: 'Paperless-ngx crashed while processing this request',
	description: 'The server answered with status {status}. Its log contains the reason. {outcome}',
};

/** What the user reads for a reply with a status other than success. The first row that fits counts. */
export const replyRows: readonly ReplyRow[] = [
	{
		when: ({ redirect }) => redirect === 'otherHost',
		kind: 'proxyRefused',
		message: 'A proxy in front of Paperless-ngx redirects to {host}',
		description: `The proxy requires a separate login (single sign-on). ${passProxy}`,
	},
	{
		when: ({ redirect }) => redirect === 'otherScheme',
		kind: 'notPaperless',
		message: 'The server redirects to {scheme}//',
		description:
			'Change the Base URL to {address}. This node does not follow redirects, because a redirected write is lost.',
	},
	{
		when: ({ redirect }) => redirect === 'sameServer',
		kind: 'notPaperless',
		message: 'The server answers with its login page',
		description: `${checkBaseUrl} There is no API at {route}.`,
	},
	{
		when: (reply) => rejectsToken(reply) && reply.asksForPassword,
		kind: 'proxyRefused',
		message: 'A proxy in front of Paperless-ngx asks for a password',
		description:
			'HTTP basic authentication cannot be combined with an API token. Let requests to /api/ pass there, or use headers that the proxy accepts under “Custom Headers” in the credential.',
	},
	{
		when: rejectsToken,
		kind: 'unauthorized',
		message: 'Paperless-ngx does not accept the token',
		description:
			'{words} Copy the token again: in Paperless-ngx open your user menu → My Profile → API Auth Token.',
	},
	{
		when: ({ status, isPage, body }) => status === 403 && isPage && /csrf/i.test(body),
		kind: 'notPaperless',
		message: 'There is no API at this address',
		description: checkBaseUrl,
	},
	{
		when: ({ status, isPage }) => status === 403 && isPage,
		kind: 'proxyRefused',
		message: 'A proxy in front of Paperless-ngx refuses the request',
		description: `The answer (403) is a web page and does not come from Paperless-ngx. ${passProxy}`,
	},
	{
		when: ({ status }) => status === 403,
		kind: 'forbidden',
		message: 'The token’s user may not do this',
		description: '{required} {words}',
	},
	{
		when: ({ status, isJson, isObject }) => status === 404 && isJson && isObject === false,
		kind: 'notFound',
		message: missingRoute,
		description: `{words} ${whyRouteIsMissing}`,
	},
	{
		when: ({ status, isJson }) => status === 405 && isJson,
		kind: 'unsupported',
		message: missingRoute,
		description: `{words} ${whyRouteIsMissing}`,
	},
	{
		when: ({ status, isJson }) => status === 404 && isJson,
		kind: 'notFound',
		message: 'It does not exist, or the token’s user may not see it',
		description: '{words}',
	},
	{
		when: ({ status }) => status === 404 || status === 405,
		kind: 'notPaperless',
		message: 'There is no Paperless-ngx API at this address',
		description: `${checkBaseUrl} The node asked for {route}.`,
	},
	{
		when: ({ status }) => status === 406,
		kind: 'unsupported',
		message: 'Paperless-ngx refuses the version of the API',
		description: `${spokenVersions}, and this server refuses them. Update the node. {words}`,
	},
	{
		when: ({ status }) => status === 413,
		kind: 'tooLarge',
		message: 'The file exceeds the size limit of a proxy in front of Paperless-ngx',
		description:
			'Paperless-ngx itself has no limit. Raise the limit of the proxy (nginx: client_max_body_size).',
	},
	{
		when: ({ status, words }) => status === 429 && words !== '',
		kind: 'throttled',
		message: 'Paperless-ngx is rate limiting requests',
		description: '{words}',
	},
	{
		when: ({ status }) => status === 429,
		kind: 'throttled',
		message: 'Paperless-ngx is rate limiting requests',
		description: 'Run the workflow again later, or with fewer items at a time.',
	},
	{
		when: ({ status, isPage, body }) => status === 400 && isPage && /https port/i.test(body),
		kind: 'notPaperless',
		message: 'The server expects HTTPS at this port',
		description: 'Change the Base URL to https://.',
	},
	{
		when: ({ status, isPage }) => status === 400 && isPage,
		kind: 'notPaperless',
		message: 'The server refuses this host name',
		description:
			'Add it to PAPERLESS_ALLOWED_HOSTS, or set PAPERLESS_URL to the address that you use here.',
	},
	{
		when: ({ status, words }) => status < 500 && words !== '',
		kind: 'invalid',
		message: '{words}',
		description: '',
	},
	{
		when: ({ status }) => status < 500,
		kind: 'invalid',
		message: 'Paperless-ngx refused the request ({status})',
		description: '',
	},
	{
		when: ({ words }) => words !== '',
		kind: 'unavailable',
		message: '{words}',
		description: 'Paperless-ngx answered with status {status}. {outcome}',
	},
	{
		when: ({ status }) => [502, 503, 504].includes(status),
		kind: 'unavailable',
		message: 'Paperless-ngx is not available at the moment',
		description:
			'A proxy in front of it answered with status {status}: the server is down, starting or too busy. {outcome}',
	},
	crashed,
];

/** Returns the first row that fits. */
export const rowFor = (reply: SeenReply): ReplyRow =>
	replyRows.find(({ when }) => when(reply)) ?? crashed;
