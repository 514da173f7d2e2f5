import { PaperlessError } from '../../../nodes/api/errors';
import { failed } from '../../../nodes/api/httpTransport';
import { N8nTransport } from '../../../nodes/toolkit/n8nTransport';
import { streamOf } from '../../support/brokenBodies.mts';
import { fakeNode } from '../../support/fakeNode.mts';

const credentials = { baseUrl: 'https://paperless.test/archive/api/', apiToken: 'secret-token' };
const headers = { Accept: 'application/json; version=10' };

function start(setup: Parameters<typeof fakeNode>[0] = {}, more = {}, options = {}) {
	const { node, sent } = fakeNode(setup);
	return { sent, transport: new N8nTransport(node, { ...credentials, ...more }, options) };
}

describe('A request through n8n', () => {
	it('is sent below the base URL, and n8n adds the token itself', async () => {
		const { sent, transport } = start();

		await transport.request({ method: 'GET', path: 'api/tags/', query: { page: '1' }, headers });

		expect(sent).toHaveLength(1);
		expect(sent[0]).toMatchObject({
			credentialType: 'paperlessNgxTokenApi',
			method: 'GET',
			url: 'https://paperless.test/archive/api/tags/',
			qs: { page: '1' },
			headers,
			encoding: 'stream',
		});
		expect(JSON.stringify(sent[0])).not.toContain('secret-token');
	});

	it('does not follow redirects and accepts every status as a reply', async () => {
		const { sent, transport } = start();

		await transport.request({ method: 'GET', path: 'api/', headers });

		expect(sent[0]).toMatchObject({
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		});
	});

	it('sends JSON as text with its content type', async () => {
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

	it('sends a form with streamed files of known sizes', async () => {
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

	it('returns the status, headers in lower case and the body as text', async () => {
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
	])('returns a body that n8n hands over as %j as text', async (body, expected) => {
		const { transport } = start({ answer: () => ({ status: 200, headers: {}, body }) });

		expect(await transport.request({ method: 'GET', path: 'api/', headers })).toMatchObject({
			body: expected,
		});
	});

	it('returns the stream of a file', async () => {
		const body = streamOf('%PDF');
		const { sent, transport } = start({ answer: () => ({ status: 200, headers: {}, body }) });

		expect(await transport.open({ method: 'GET', path: 'api/', headers })).toHaveProperty(
			'body',
			body,
		);
		expect(sent[0]?.encoding).toBe('stream');
	});

	it('without a reply returns a failure and does not throw', async () => {
		const { transport } = start({
			answer: async () => {
				throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
			},
		});

		const reply = await transport.request({ method: 'GET', path: 'api/', headers });

		expect(failed(reply)).toBe(true);
	});

	it('carries the signal that ends it, and says whether it was a deadline', async () => {
		const deadline = new AbortController();
		const { sent, transport } = start(
			{
				answer: async () => {
					deadline.abort(new DOMException('Too late', 'TimeoutError'));
					throw Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' });
				},
			},
			{},
			{ signal: deadline.signal },
		);

		const reply = await transport.request({ method: 'GET', path: 'api/', headers });

		expect(sent[0]?.abortSignal?.aborted).toBe(true);
		expect(reply).toMatchObject({ failure: 'timeout' });
	});

	it('includes the custom headers of the credential', async () => {
		const { sent, transport } = start({}, { secretHeaders: 'X-Key: 1' });

		await transport.request({ method: 'GET', path: 'api/', headers });

		expect(sent[0]?.headers).toEqual({ ...headers, 'X-Key': '1' });
	});

	it('hands n8n the certificates and the key that are set, and whether to validate', async () => {
		const { sent, transport } = start(
			{},
			{
				clientCertificate: 'certificate',
				clientPrivateKey: 'key',
				caCertificate: '',
				ignoreSslIssues: true,
			},
		);

		await transport.request({ method: 'GET', path: 'api/', headers });

		expect(sent[0]).toMatchObject({
			agentOptions: { cert: 'certificate', key: 'key' },
			skipSslCertificateValidation: true,
		});
		expect(sent[0]?.agentOptions).not.toHaveProperty('ca');
	});
});
