import type { FailureCause, HttpRequest } from '../../nodes/api/httpTransport';
import { failed } from '../../nodes/api/httpTransport';
import { selfSignedCertificate } from '../support/certificate.mts';
import { readAll } from '../support/fakeTransport.mts';
import type { Answer, Heard } from '../support/stub.mts';
import { Stub } from '../support/stub.mts';
import { UndiciTransport } from '../support/undiciTransport.mts';

const headers = { Accept: 'application/json; version=10' };
const get: HttpRequest = { method: 'GET', path: 'api/tags/', headers };

async function against(
	answer: (heard: Heard) => Answer | Promise<Answer>,
	use: (transport: UndiciTransport, stub: Stub) => Promise<void>,
) {
	const stub = await Stub.start(answer);
	const transport = new UndiciTransport({ baseUrl: stub.url, token: 'secret', timeout: 300 });
	try {
		await use(transport, stub);
	} finally {
		await stub.close();
		await transport.close();
	}
}

const ok = () => ({ status: 200, headers: { 'X-Version': '3.0.5' }, body: 'Grüße' });

const causeOf = async (transport: UndiciTransport): Promise<FailureCause | undefined> => {
	const reply = await transport.request(get);
	await transport.close();
	return failed(reply) ? reply.failure : undefined;
};

describe('The transport for development', () => {
	it('sends the token, the query and what the client adds', async () => {
		await against(ok, async (transport, { heard }) => {
			const reply = await transport.request({
				...get,
				query: { name__icontains: 'a+b', page: '1' },
			});

			expect(reply).toMatchObject({
				status: 200,
				headers: { 'x-version': '3.0.5' },
				body: 'Grüße',
			});
			expect(heard).toMatchObject([
				{
					method: 'GET',
					path: '/api/tags/?name__icontains=a%2Bb&page=1',
					headers: { authorization: 'Token secret', accept: headers.Accept },
				},
			]);
		});
	});

	it('sends JSON with its length', async () => {
		await against(ok, async (transport, { heard }) => {
			await transport.request({ ...get, method: 'POST', body: { json: { name: 'Gebühr' } } });

			const [{ headers: sent = {}, body } = {}] = heard;
			expect(Buffer.from(body ?? []).toString()).toBe('{"name":"Gebühr"}');
			expect(sent).toMatchObject({ 'content-type': 'application/json', 'content-length': '18' });
		});
	});

	it('sends a form with its length and reads its files only while sending', async () => {
		await against(ok, async (transport, { heard }) => {
			let opened = 0;
			const file = {
				field: 'document',
				fileName: 'Gebühr "2024".pdf',
				mimeType: 'application/pdf',
				size: 8,
				async *open() {
					opened += 1;
					yield Buffer.from('%PDF');
					yield Buffer.from('-1.7');
				},
			};

			const parts = [{ field: 'tags', text: 'ü' }, { field: 'tags', text: '4' }, file];
			await transport.request({ ...get, method: 'POST', body: { parts } });

			const [{ headers: sent = {}, body = new Uint8Array() } = {}] = heard;
			expect(Number(sent['content-length'])).toBe(body.length);
			expect(sent).not.toHaveProperty('transfer-encoding');
			expect(opened).toBe(1);
			const form = await new Response(Buffer.from(body), {
				headers: { 'content-type': sent['content-type'] ?? '' },
			}).formData();
			expect(form.getAll('tags')).toEqual(['ü', '4']);
			const received = form.get('document') as File;
			expect(received).toMatchObject({
				name: 'Gebühr "2024".pdf',
				type: 'application/pdf',
				size: 8,
			});
			expect(await received.text()).toBe('%PDF-1.7');
		});
	});

	it('gives a file as a stream', async () => {
		await against(ok, async (transport) => {
			const reply = await transport.open(get);

			expect(failed(reply) || typeof reply.body === 'string' ? '' : await readAll(reply.body)).toBe(
				'Grüße',
			);
		});
	});

	it('follows no redirect', async () => {
		await against(
			() => ({ status: 302, headers: { location: '/elsewhere' } }),
			async (transport, { heard }) => {
				expect(await transport.request(get)).toMatchObject({
					status: 302,
					headers: { location: '/elsewhere' },
				});
				expect(heard).toHaveLength(1);
			},
		);
	});

	it('keeps its connection', async () => {
		await against(ok, async (transport, { heard }) => {
			await transport.request(get);
			await transport.request(get);

			expect(heard.map(({ headers: sent }) => sent.connection)).toEqual([
				'keep-alive',
				'keep-alive',
			]);
		});
	});

	it('tells a connection that breaks off', async () => {
		await against(
			async () => await Promise.reject(new Error('The server breaks down')),
			async (transport) => {
				expect(await transport.request(get)).toMatchObject({ failure: 'interrupted' });
			},
		);
	});

	it('tells a body that is cut off', async () => {
		await against(
			() => ({ status: 200, headers: { 'content-length': '100' }, body: '{"id":' }),
			async (transport) => {
				expect(await transport.request(get)).toMatchObject({
					failure: expect.stringMatching(/^(interrupted|timeout)$/),
				});
			},
		);
	});

	it('tells a server that does not answer in time', async () => {
		await against(
			async () => await new Promise<never>(() => {}),
			async (transport) => {
				expect(await transport.request(get)).toMatchObject({ failure: 'timeout' });
			},
		);
	});

	it('tells a closed port', async () => {
		const baseUrl = await Stub.nobody();

		expect(await causeOf(new UndiciTransport({ baseUrl, token: 'x' }))).toBe('refused');
	});

	it('tells a host name that does not exist', async () => {
		const baseUrl = 'http://nowhere.invalid';

		expect(await causeOf(new UndiciTransport({ baseUrl, token: 'x' }))).toBe('nameNotFound');
	});

	it('trusts a certificate that it is given and no other', async () => {
		const tls = selfSignedCertificate();
		const { url: baseUrl, close } = await Stub.start(ok, tls);
		const withTls = (options: object) => new UndiciTransport({ baseUrl, token: 'x', tls: options });

		expect(await causeOf(withTls({}))).toBe('tls');
		expect(await causeOf(withTls({ ca: tls.cert }))).toBeUndefined();
		expect(await causeOf(withTls({ rejectUnauthorized: false }))).toBeUndefined();
		await close();
	});
});
