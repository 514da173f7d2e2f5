import { PaperlessError } from '../../../nodes/api/errors';
import { failed } from '../../../nodes/api/httpTransport';
import type { FailureCause } from '../../../nodes/api/httpTransport';
import { asFailure, connectionSettings, N8nTransport } from '../../../nodes/toolkit/n8nTransport';
import { fakeNode } from '../../support/fakeNode.mts';

const credentials = { baseUrl: 'https://paperless.test/archive/api/', apiToken: 'secret-token' };
const headers = { Accept: 'application/json; version=10' };

function start(setup: Parameters<typeof fakeNode>[0] = {}, more = {}, cancelled = () => false) {
	const { node, sent } = fakeNode(setup);
	return { sent, transport: new N8nTransport(node, { ...credentials, ...more }, cancelled) };
}

describe('A request through n8n', () => {
	it('goes below the base URL, with the credential that n8n adds itself', async () => {
		const { sent, transport } = start();

		await transport.request({ method: 'GET', path: 'api/tags/', query: { page: '1' }, headers });

		expect(sent).toHaveLength(1);
		expect(sent[0]).toMatchObject({
			credentialType: 'paperlessNgxTokenApi',
			method: 'GET',
			url: 'https://paperless.test/archive/api/tags/',
			qs: { page: '1' },
			headers,
			encoding: 'text',
		});
		expect(JSON.stringify(sent[0])).not.toContain('secret-token');
	});

	it('follows no redirect and takes every status for an answer', async () => {
		const { sent, transport } = start();

		await transport.request({ method: 'GET', path: 'api/', headers });

		expect(sent[0]).toMatchObject({
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		});
	});

	it('sends JSON as a text of that type', async () => {
		const { sent, transport } = start();

		await transport.request({
			method: 'POST',
			path: 'api/tags/',
			body: { json: { a: 1 } },
			headers,
		});

		expect(sent[0]).toMatchObject({
			body: '{"a":1}',
			headers: { ...headers, 'Content-Type': 'application/json' },
		});
	});

	it('sends a form whose files are streamed and whose sizes are known', async () => {
		const { sent, transport } = start();
		const open = async function* () {
			yield Buffer.from('%PDF');
		};
		const file = {
			field: 'document',
			fileName: 'a.pdf',
			mimeType: 'application/pdf',
			size: 4,
			open,
		};

		await transport.request({
			method: 'POST',
			path: 'api/documents/post_document/',
			body: { parts: [{ field: 'tags', text: '3' }, { field: 'tags', text: '4' }, file] },
			headers,
		});

		const form = sent[0]?.body as unknown as Iterable<[string, unknown]> & { append(): void };
		const [first, second, third] = [...form];
		expect(Object.prototype.toString.call(form)).toBe('[object FormData]');
		expect(() => form.append()).toThrow(PaperlessError);
		expect([first, second]).toEqual([
			['tags', '3'],
			['tags', '4'],
		]);
		expect(third).toMatchObject(['document', { name: 'a.pdf', type: 'application/pdf', size: 4 }]);
		const chunks = [];
		for await (const chunk of (third?.[1] as { stream: typeof open }).stream()) chunks.push(chunk);
		expect(Buffer.concat(chunks).toString()).toBe('%PDF');
		expect(sent[0]?.headers).not.toHaveProperty('Content-Type');
	});

	it('gives status, headers in lower case and the body as text', async () => {
		const { transport } = start({
			answer: () => ({ status: 404, headers: { 'X-Version': '3.0.5' }, body: '{"detail":"No."}' }),
		});

		expect(await transport.request({ method: 'GET', path: 'api/', headers })).toEqual({
			status: 404,
			headers: { 'x-version': '3.0.5' },
			body: '{"detail":"No."}',
		});
	});

	it.each([
		[undefined, ''],
		[{ a: 1 }, '{"a":1}'],
	])('gives a body that n8n hands over as %j as text', async (body, expected) => {
		const { transport } = start({ answer: () => ({ status: 200, headers: {}, body }) });

		expect(await transport.request({ method: 'GET', path: 'api/', headers })).toMatchObject({
			body: expected,
		});
	});

	it('for a file hands over the stream', async () => {
		const body = { pipe: true };
		const { sent, transport } = start({ answer: () => ({ status: 200, headers: {}, body }) });

		expect(await transport.open({ method: 'GET', path: 'api/', headers })).toMatchObject({ body });
		expect(sent[0]?.encoding).toBe('stream');
	});
});

const refused = (code: string, message = '') => Object.assign(new Error(message), { code });

describe('A missing answer', () => {
	it.each([
		[refused('ECONNREFUSED'), 'refused'],
		[refused('EHOSTUNREACH'), 'refused'],
		[refused('ENOTFOUND'), 'nameNotFound'],
		[refused('EAI_AGAIN'), 'nameNotFound'],
		[refused('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls'],
		[refused('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls'],
		[refused('EPROTO', 'wrong version number'), 'tls'],
		[refused('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls'],
		[refused('ETIMEDOUT'), 'timeout'],
		[refused('ECONNABORTED', 'timeout of 600000ms exceeded'), 'timeout'],
		[refused('ECONNRESET'), 'interrupted'],
		[refused('', 'socket hang up'), 'interrupted'],
		[refused('ERR_CANCELED'), 'canceled'],
		[new Error('The request was blocked because it resolves to a restricted IP (SSRF)'), 'blocked'],
		[new Error('Something else'), 'other'],
		['a text', 'other'],
	] satisfies Array<[unknown, FailureCause]>)(
		'for %s is a failure of its kind: %s',
		(thrown, cause) => {
			expect(asFailure(thrown, false).failure).toBe(cause);
		},
	);

	it('is recognised however deep n8n has wrapped it', () => {
		const wrapped = {
			message: 'Failed',
			cause: { messages: ['a'], cause: refused('ECONNREFUSED') },
		};

		expect(asFailure(wrapped, false)).toMatchObject({ failure: 'refused' });
	});

	it('is a cancelled execution when that was canceled', () => {
		expect(asFailure(refused('ECONNRESET'), true).failure).toBe('canceled');
	});

	it('carries what the system said but never the token, which sits beside it', () => {
		const thrown = Object.assign(refused('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:8000'), {
			config: { headers: { Authorization: 'Token secret-token' } },
			request: 'Token secret-token',
		});

		const failure = asFailure(thrown, false);

		expect(failure.detail).toContain('ECONNREFUSED');
		expect(JSON.stringify(failure)).not.toContain('secret-token');
	});

	it('is returned and not thrown', async () => {
		const { transport } = start({
			answer: async () => await Promise.reject(refused('ECONNREFUSED')),
		});

		const reply = await transport.request({ method: 'GET', path: 'api/', headers });

		expect(failed(reply)).toBe(true);
	});
});

describe('The credential', () => {
	it('adds the headers that a proxy asks for, one a line', () => {
		const secretHeaders = 'CF-Access-Client-Id: 1234.access\r\n\n  X-Key :  a: b  \nX-Empty:';

		expect(connectionSettings({ ...credentials, secretHeaders }).headers).toEqual({
			'CF-Access-Client-Id': '1234.access',
			'X-Key': 'a: b',
			'X-Empty': '',
		});
	});

	it.each([
		'no colon',
		': value',
		'a b: c',
		'Authorization: Basic xyz',
		'authorization:x',
		'accept: text/html',
		'CONTENT-TYPE: text/plain',
		'X-Ümlaut: a',
	])('refuses the header line “%s” without showing it', (secretHeaders) => {
		const attempt = () => connectionSettings({ ...credentials, secretHeaders });

		expect(attempt).toThrow('A line of “Custom Headers” is not usable');
		expect(attempt).not.toThrow(secretHeaders);
	});

	it('sends these headers with every request', async () => {
		const { sent, transport } = start({}, { secretHeaders: 'X-Key: 1' });

		await transport.request({ method: 'GET', path: 'api/', headers });

		expect(sent[0]?.headers).toEqual({ ...headers, 'X-Key': '1' });
	});

	const body = 'MIIB\nAAAA\nBBBB';
	const whole = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

	it.each([
		['with its lines', whole],
		['in a single line', whole.replace(/\n/g, ' ')],
		['with written line breaks', whole.replace(/\n/g, '\\n')],
		['with the line breaks of Windows', whole.replace(/\n/g, '\r\n')],
	])('takes a certificate %s', (_, caCertificate) => {
		expect(connectionSettings({ ...credentials, caCertificate }).tls.ca?.trim()).toBe(whole);
	});

	it('takes a chain of certificates', () => {
		const caCertificate = `${whole} ${whole}`.replace(/\n/g, ' ');

		expect(connectionSettings({ ...credentials, caCertificate }).tls.ca).toBe(`${whole} ${whole}`);
	});

	it('gives n8n certificates and key, those that are set, and whether to look at them', async () => {
		const { sent, transport } = start(
			{},
			{
				clientCertificate: whole,
				clientPrivateKey: 'key',
				caCertificate: '',
				ignoreSslIssues: true,
			},
		);

		await transport.request({ method: 'GET', path: 'api/', headers });

		expect(sent[0]).toMatchObject({
			agentOptions: { cert: whole, key: 'key' },
			skipSslCertificateValidation: true,
		});
		expect(sent[0]?.agentOptions).not.toHaveProperty('ca');
	});

	it('without a Base URL is refused', () => {
		expect(() => connectionSettings({})).toThrow('The Base URL is not a web address');
	});
});
