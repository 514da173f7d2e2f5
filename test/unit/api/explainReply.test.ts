import { PaperlessError } from '../../../nodes/api/errors';
import { explainReply } from '../../../nodes/api/explainReply';
import type { ApiRequest } from '../../../nodes/api/httpTransport';
import { replyRows } from '../../../nodes/api/replyRows';
import { json, text } from '../../support/fakeTransport.mts';

const baseUrl = 'https://paperless.test/archive';
const read: ApiRequest = { method: 'GET', path: 'api/documents/3/' };
const write: ApiRequest = { method: 'POST', path: 'api/documents/post_document/' };
const html = (body: string) => `<html><head><title>${body}</title></head></html>`;
const nginx = (status: number, words: string) => text(html(`${status} ${words}`), status, {});
const redirect = (location: string) => text('', 302, { location });

describe('The error for a reply', () => {
	it.each([
		[
			'a wrong token',
			json({ detail: 'Invalid token.' }, 401),
			'unauthorized',
			'does not accept the token',
		],
		[
			'a wrong token where a proxy logs users in',
			json({ detail: 'Invalid token.' }, 403),
			'unauthorized',
			'does not accept the token',
		],
		[
			'no token where a proxy logs users in',
			json({ detail: 'Authentication credentials were not provided.' }, 403),
			'unauthorized',
			'does not accept the token',
		],
		[
			'a proxy that asks for a password',
			text(html('401 Authorization Required'), 401, { 'www-authenticate': 'Basic realm="x"' }),
			'proxyRefused',
			'asks for a password',
		],
		[
			'a missing permission',
			json({ detail: 'You do not have permission to perform this action.' }, 403),
			'forbidden',
			'may not do this',
		],
		[
			'a missing permission in plain text',
			text('Insufficient permissions', 403),
			'forbidden',
			'may not do this',
		],
		[
			'a web page with status 403',
			text(html('Forbidden'), 403),
			'proxyRefused',
			'refuses the request',
		],
		[
			'Django’s page about a CSRF token',
			text(html('403 CSRF verification failed'), 403),
			'notPaperless',
			'no API at this address',
		],
		[
			'a missing object',
			json({ detail: 'No Document matches the given query.' }, 404),
			'notFound',
			'does not exist',
		],
		['a missing page of a proxy', nginx(404, 'Not Found'), 'notPaperless', 'no Paperless-ngx API'],
		[
			'the plain “not found” of a proxy',
			text('404 page not found\n', 404, {}),
			'notPaperless',
			'no Paperless-ngx API',
		],
		[
			'a route that the server lacks',
			json({ detail: 'Method "POST" not allowed.' }, 405),
			'unsupported',
			'This server has no route https://paperless.test/archive/api/documents/3/',
		],
		[
			'an unknown version of the API',
			json({ detail: 'Invalid version in "Accept" header.' }, 406),
			'unsupported',
			'version of the API',
		],
		[
			'a body too large for a proxy',
			nginx(413, 'Request Entity Too Large'),
			'tooLarge',
			'size limit of a proxy',
		],
		[
			'too many requests',
			json({ detail: 'Request was throttled.' }, 429),
			'throttled',
			'rate limiting',
		],
		[
			'a rejected host name',
			text('<!doctype html><h1>Bad Request (400)</h1>', 400),
			'notPaperless',
			'refuses this host name',
		],
		[
			'plain HTTP at an HTTPS port',
			nginx(400, 'The plain HTTP request was sent to HTTPS port'),
			'notPaperless',
			'expects HTTPS at this port',
		],
		[
			'plain text about bad input',
			text('Error performing bulk edit, check logs for more detail.', 400),
			'invalid',
			'Error performing bulk edit',
		],
		[
			'an unknown media type',
			json({ detail: 'Unsupported media type "text/plain" in request.' }, 415),
			'invalid',
			'Unsupported media type',
		],
		['a page of status 418', nginx(418, 'Teapot'), 'invalid', 'refused the request (418)'],
		['a crash', text('<h1>Server Error (500)</h1>', 500), 'unavailable', 'crashed'],
		[
			'a crash with a reason',
			text('Error emailing document', 500),
			'unavailable',
			'Error emailing document',
		],
		[
			'a server that is down',
			nginx(502, 'Bad Gateway'),
			'unavailable',
			'not available at the moment',
		],
		[
			'a server that is slow',
			nginx(504, 'Gateway Time-out'),
			'unavailable',
			'not available at the moment',
		],
		[
			'a redirect to another host',
			redirect('https://other.test:8443/x'),
			'proxyRefused',
			'redirects to other.test:8443',
		],
	] as const)('about %s says so', (_, reply, kind, words) => {
		const error = explainReply(read, reply, baseUrl);

		expect(error).toBeInstanceOf(PaperlessError);
		expect(error).toMatchObject({ kind, status: reply.status });
		expect(error.message).toContain(words);
	});

	it('names the Base URL to enter when the server redirects to HTTPS', () => {
		const error = explainReply(
			read,
			redirect('https://paperless.test/archive/api/'),
			'http://paperless.test/archive',
		);

		expect(error.kind).toBe('notPaperless');
		expect(error.description).toContain('Change the Base URL to https://paperless.test/archive.');
	});

	it('distinguishes the login page of Paperless-ngx from that of a proxy by the host', () => {
		const sameHost = explainReply(read, redirect('/accounts/login/?next=/api/'), baseUrl);
		const otherHost = explainReply(read, redirect('https://sso.test/login'), baseUrl);

		expect(sameHost.kind).toBe('notPaperless');
		expect(sameHost.description).toContain('https://paperless.test/archive/api/documents/3/');
		expect(otherHost.kind).toBe('proxyRefused');
		expect(otherHost.description).toContain('Custom Headers');
	});

	it('treats a redirect without a location as a login page', () => {
		expect(explainReply(read, text('', 302, {}), baseUrl).kind).toBe('notPaperless');
	});

	it('keeps nested field errors under the names that the server uses', () => {
		const error = explainReply(
			write,
			json(
				{
					title: ['Too long.', 'Too dull.'],
					custom_fields: [{}, { non_field_errors: ['Bad.'] }],
					created: { inner: 'No date.' },
					owner: null,
				},
				400,
			),
			baseUrl,
		);

		expect(error.fields).toEqual({
			title: 'Too long. Too dull.',
			custom_fields: 'Bad.',
			created: 'inner: No date.',
			owner: '',
		});
		expect(error.message).toBe(
			'title: Too long. title: Too dull. custom_fields: Bad. created: inner: No date.',
		);
	});

	it.each([
		['GET', 'api/documents/3/', 'view_document'],
		['PATCH', 'api/documents/3/', 'change_document'],
		['DELETE', 'api/documents/3/', 'delete_document'],
		['POST', 'api/documents/post_document/', 'add_document'],
		['POST', 'api/documents/bulk_edit/', 'change_document'],
		['POST', 'api/documents/3/notes/', 'add_note'],
		['GET', 'api/documents/3/download/', 'view_document'],
		['GET', 'api/document_types/', 'view_documenttype'],
		['POST', 'api/tags/', 'add_tag'],
		['GET', 'api/tasks/', 'view_paperlesstask'],
		['GET', 'api/ui_settings/', 'view_uisettings'],
	] as const)('about a forbidden %s %s names the permission %s', (method, path, permission) => {
		const error = explainReply({ method, path }, json({ detail: 'No.' }, 403), baseUrl);

		expect(error.description).toContain(`“${permission}”`);
	});

	it('about a write that crashed or got lost says that it was not repeated', () => {
		for (const reply of [
			nginx(504, 'Gateway Time-out'),
			text('<h1>Server Error (500)</h1>', 500),
			text('Failed', 500),
		]) {
			expect(explainReply(write, reply, baseUrl).description).toContain('therefore not repeated');
			expect(explainReply(read, reply, baseUrl).description).not.toContain('repeated');
		}
	});

	it('names the field that a bulk edit mentions only within its sentence', () => {
		const words = 'Some documents in documents don’t exist or were specified twice.';
		const error = explainReply(write, json({ documents: [words] }, 400), baseUrl);

		expect(error.fields).toEqual({ documents: words });
	});

	it('shortens many long texts', () => {
		const fields = Object.fromEntries(
			Array.from({ length: 500 }, (_, at) => [at, 'x'.repeat(9000)]),
		);

		expect(explainReply(read, json(fields, 400), baseUrl).message).toHaveLength(2001);
	});

	it('shortens a very long text', () => {
		expect(explainReply(read, text('x'.repeat(9000), 400), baseUrl).message).toHaveLength(501);
	});
});

describe('The table of replies', () => {
	const facts = ['address', 'host', 'outcome', 'required', 'route', 'scheme', 'status', 'words'];

	it('uses only facts that are filled in', () => {
		const used = replyRows.flatMap(({ message, description }) =>
			[...`${message} ${description}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
		);

		expect([...new Set(used)].sort()).toEqual(facts);
	});

	it('has a message in every row, and ends with a row that always fits', () => {
		const crash = { status: 500, isJson: false, isPage: false, body: '', words: '' };

		expect(replyRows.every(({ message }) => message !== '')).toBe(true);
		expect(replyRows.at(-1)?.when({ ...crash, asksForPassword: false })).toBe(true);
	});
});
