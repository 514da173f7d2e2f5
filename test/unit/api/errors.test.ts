import {
	explainFailure,
	explainNotJson,
	explainReply,
	PaperlessError,
} from '../../../nodes/api/errors';
import type { Call, FailureCause } from '../../../nodes/api/httpTransport';
import { json, text } from '../../support/fakeTransport.mts';

const baseUrl = 'https://paperless.test/archive';
const read: Call = { method: 'GET', path: 'api/documents/3/' };
const write: Call = { method: 'POST', path: 'api/documents/post_document/' };
const html = (body: string) => `<html><head><title>${body}</title></head></html>`;
const nginx = (status: number, words: string) => text(html(`${status} ${words}`), status, {});
const redirect = (location: string) => text('', 302, { location });

describe('An answer that is no success', () => {
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
			'a password door of a proxy',
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
			'a web page that refuses',
			text(html('Forbidden'), 403),
			'proxyRefused',
			'refuses the request',
		],
		[
			'Django’s page about a missing slash',
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
			'a method that is not there',
			json({ detail: 'Method "POST" not allowed.' }, 405),
			'notPaperless',
			'no Paperless-ngx API',
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
			'larger than a proxy',
		],
		[
			'too many requests',
			json({ detail: 'Request was throttled.' }, 429),
			'throttled',
			'too many requests',
		],
		[
			'a refused host name',
			text('<!doctype html><h1>Bad Request (400)</h1>', 400),
			'notPaperless',
			'refuses this host name',
		],
		[
			'plain HTTP at an HTTPS port',
			nginx(400, 'The plain HTTP request was sent to HTTPS port'),
			'notPaperless',
			'HTTPS at this port',
		],
		[
			'text about bad input',
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
		['a breakdown', text('<h1>Server Error (500)</h1>', 500), 'unavailable', 'broke down'],
		[
			'a breakdown with a reason',
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
			'a redirect to HTTPS',
			redirect('https://other.test:8443/x'),
			'proxyRefused',
			'redirects to other.test:8443',
		],
	] as const)('for %s is told as such', (_, reply, kind, words) => {
		const error = explainReply(read, reply, baseUrl);

		expect(error).toBeInstanceOf(PaperlessError);
		expect(error).toMatchObject({ kind, status: reply.status });
		expect(error.message).toContain(words);
	});

	it('tells the address to use when the server redirects to HTTPS', () => {
		const error = explainReply(
			read,
			redirect('https://paperless.test/archive/api/'),
			'http://paperless.test/archive',
		);

		expect(error.kind).toBe('notPaperless');
		expect(error.description).toContain('Change the Base URL to https://paperless.test/archive.');
	});

	it('tells a login page of Paperless-ngx from that of a proxy by its host', () => {
		const own = explainReply(read, redirect('/accounts/login/?next=/api/'), baseUrl);
		const foreign = explainReply(read, redirect('https://sso.test/login'), baseUrl);

		expect(own.kind).toBe('notPaperless');
		expect(own.description).toContain('https://paperless.test/archive/api/documents/3/');
		expect(foreign.kind).toBe('proxyRefused');
		expect(foreign.description).toContain('Custom Headers');
	});

	it('is understood as a login page when a redirect names no place', () => {
		expect(explainReply(read, text('', 302, {}), baseUrl).kind).toBe('notPaperless');
	});

	it('keeps the field errors by the server’s names, however they are nested', () => {
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
	] as const)('to %s %s names the permission %s', (method, path, permission) => {
		const error = explainReply({ method, path }, json({ detail: 'No.' }, 403), baseUrl);

		expect(error.description).toContain(`“${permission}”`);
	});

	it('to a write that broke down or was lost on the way says that it was not repeated', () => {
		for (const reply of [
			nginx(504, 'Gateway Time-out'),
			text('<h1>Server Error (500)</h1>', 500),
			text('Failed', 500),
		]) {
			expect(explainReply(write, reply, baseUrl).description).toContain('therefore not repeated');
			expect(explainReply(read, reply, baseUrl).description).not.toContain('repeated');
		}
	});

	it('shows no more than a part of an endless text', () => {
		expect(explainReply(read, text('x'.repeat(9000), 400), baseUrl).message).toHaveLength(500);
	});
});

describe('An answer that is not readable', () => {
	it('is a web page or is cut off', () => {
		expect(explainNotJson(text(html('Sign in'))).kind).toBe('notPaperless');
		expect(explainNotJson(text('{"id":')).kind).toBe('unexpectedReply');
	});
});

describe('A missing answer', () => {
	it.each([
		['refused', 'unreachable', 'does not answer at this address'],
		['nameNotFound', 'unreachable', 'host name'],
		['tls', 'unreachable', 'certificate'],
		['blocked', 'unreachable', 'n8n does not allow'],
		['other', 'unreachable', 'could not be made'],
		['timeout', 'interrupted', 'in time'],
		['interrupted', 'interrupted', 'broke off'],
		['cancelled', 'cancelled', 'cancelled'],
	] satisfies Array<[FailureCause, string, string]>)(
		'that was %s is told as %s',
		(failure, kind, words) => {
			const error = explainFailure(read, { failure, detail: 'EXAMPLE' });

			expect(error.kind).toBe(kind);
			expect(error.message).toContain(words);
			expect(error.description).toContain('(EXAMPLE)');
		},
	);

	it.each([
		['timeout', true],
		['interrupted', true],
		['other', true],
		['refused', false],
		['tls', false],
	] satisfies Array<[FailureCause, boolean]>)(
		'to a write that was %s leaves its outcome open: %s',
		(failure, open) => {
			const { description } = explainFailure(write, { failure, detail: '' });

			expect(description.includes('Look whether it took effect')).toBe(open);
		},
	);
});
