import { z } from 'zod';
import { Connection, forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import type { Answer } from '../../support/fakeTransport.mts';
import {
	FakeTransport,
	json,
	page,
	readAll,
	recordedWait,
	refusalOf,
	text,
	versionHeaders,
} from '../../support/fakeTransport.mts';

const tag = { id: 7, name: 'Invoice' };
const asn = json(12);

function start(answers: ConstructorParameters<typeof FakeTransport>[0], baseUrl?: string) {
	const transport = new FakeTransport(answers, baseUrl);
	const { pauses, wait } = recordedWait();
	return { transport, pauses, client: paperlessClient(transport, wait) };
}

const accepted = (transport: FakeTransport) =>
	transport.requests.map(({ headers }) => headers.Accept);

beforeEach(forgetServers);

describe('The version of the server', () => {
	it('is learned from the first read, without an extra request', async () => {
		const { transport, client } = start([json(tag, 200, versionHeaders['2.20'])]);

		await client.tags.get(7);

		expect(transport.lines).toEqual(['GET api/tags/7/']);
		expect((await client.server()).version).toBe('2.20.15');
		expect(transport.requests).toHaveLength(1);
	});

	it.each([
		['2.15', 8],
		['2.20', 9],
		['3.0', 10],
	] as const)(
		'%s receives version %i of the API from the second request on',
		async (release, api) => {
			const reply = json(tag, 200, versionHeaders[release]);
			const { transport, client } = start([reply, reply]);

			await client.tags.get(7);
			await client.tags.get(7);

			expect(accepted(transport)).toEqual(['application/json', `application/json; version=${api}`]);
		},
	);

	it('is requested before a write, so that no upload is sent in vain', async () => {
		const { transport, client } = start([asn, json(tag, 201)]);

		await client.tags.create({ name: 'Invoice' });

		expect(transport.lines).toEqual(['GET api/documents/next_asn/', 'POST api/tags/']);
		expect(accepted(transport)[1]).toBe('application/json; version=10');
	});

	it('is reported even by a refusal, so that a user who may only upload can upload', async () => {
		const refusal = json({ detail: 'You do not have permission to perform this action.' }, 403);
		const { transport, client } = start([refusal, json(tag, 201)]);

		await client.tags.create({ name: 'Invoice' });

		expect(transport.requests).toHaveLength(2);
	});

	it('is remembered for the base URL by all clients of the process', async () => {
		const first = start([json(tag)]);
		await first.client.tags.get(7);
		const second = start([json(tag, 201)]);

		await second.client.tags.create({ name: 'Invoice' });

		expect(second.transport.lines).toEqual(['POST api/tags/']);
	});

	it('of one base URL does not count for another', async () => {
		const first = start([json(tag)]);
		await first.client.tags.get(7);
		const second = start([json(tag, 200, versionHeaders['2.15'])], 'https://other.test');

		expect((await second.client.tags.get(7)).name).toBe('Invoice');
		expect(accepted(second.transport)).toEqual(['application/json']);
		expect((await second.client.server()).version).toBe('2.15.3');
	});

	it('that is newer than this client is read again in a known version of the API', async () => {
		const future = { 'x-version': '4.1.0', 'x-api-version': '12' };
		const { transport, client } = start([
			json({ identifier: 7 }, 200, future),
			json(tag, 200, future),
		]);

		expect(await client.tags.get(7)).toEqual(tag);
		expect(accepted(transport)).toEqual(['application/json', 'application/json; version=10']);
	});

	it('is found in the settings where a proxy strips the headers', async () => {
		const { transport, client } = start([
			json(12, 200, {}),
			json({ settings: { version: '2.20.15' } }, 200, {}),
			json(tag, 201, {}),
		]);

		await client.tags.create({ name: 'Invoice' });

		expect(transport.lines).toEqual([
			'GET api/documents/next_asn/',
			'GET api/ui_settings/',
			'POST api/tags/',
		]);
		expect(accepted(transport)[2]).toBe('application/json; version=9');
	});

	it('that the server does not report was stripped by a proxy', async () => {
		const { client } = start([json(12, 200, {}), json({ settings: {} }, 200, {})]);

		const refusal = await refusalOf(client.server(), PaperlessError);

		expect(refusal.kind).toBe('notPaperless');
		expect(refusal.description).toContain('X-Api-Version');
	});

	it('before 2.15 is rejected with the required version', async () => {
		const old = { 'x-version': '2.14.7', 'x-api-version': '7' };
		const { client } = start([json(tag, 200, old)]);

		const refusal = await refusalOf(client.tags.get(7), PaperlessError);

		expect(refusal.kind).toBe('unsupported');
		expect(refusal.message).toBe(
			'This node needs Paperless-ngx 2.15 or later; this server is 2.14.7',
		);
	});
});

describe('When a server of another version took its place', () => {
	const tooNew = text('{"detail":"Invalid version in \\"Accept\\" header."}', 406, {});
	const known = async (release: keyof typeof versionHeaders) => {
		await start([json(tag, 200, versionHeaders[release])]).client.tags.get(7);
	};

	it('a read is repeated without a version', async () => {
		await known('3.0');
		const { transport, client } = start([tooNew, json(tag, 200, versionHeaders['2.20'])]);

		expect(await client.tags.get(7)).toEqual(tag);
		expect(accepted(transport)).toEqual(['application/json; version=10', 'application/json']);
		expect((await client.server()).version).toBe('2.20.15');
	});

	it('a write, which had no effect, is sent again after the version is learned', async () => {
		await known('3.0');
		const { transport, client } = start([
			tooNew,
			json(12, 200, versionHeaders['2.20']),
			json(tag, 201, versionHeaders['2.20']),
		]);

		expect(await client.tags.create({ name: 'Invoice' })).toEqual(tag);
		expect(transport.lines).toEqual([
			'POST api/tags/',
			'GET api/documents/next_asn/',
			'POST api/tags/',
		]);
		expect(accepted(transport)[2]).toBe('application/json; version=9');
	});

	it('a write that the same version rejects again is not repeated forever', async () => {
		await known('3.0');
		const { transport, client } = start([tooNew, asn]);

		const refusal = await refusalOf(client.tags.create({ name: 'Invoice' }), PaperlessError);

		expect(refusal.kind).toBe('unsupported');
		expect(transport.lines).toEqual(['POST api/tags/', 'GET api/documents/next_asn/']);
	});

	it('an upgrade is seen in the next reply and used from then on', async () => {
		await known('2.20');
		const { transport, client } = start([json(tag), json(tag)]);

		await client.tags.get(7);
		await client.tags.get(7);

		expect(accepted(transport)).toEqual([
			'application/json; version=9',
			'application/json; version=10',
		]);
	});
});

describe('Every request', () => {
	it('asks for English, because messages are matched and shown', async () => {
		const { transport, client } = start([json(tag)]);

		await client.tags.get(7);

		expect(transport.requests[0]?.headers['Accept-Language']).toBe('en');
	});

	it('leaves the token to the transport', async () => {
		const { transport, client } = start([asn, json(tag, 201)]);

		await client.tags.create({ name: 'Invoice' });

		for (const { headers } of transport.requests)
			expect(headers).not.toHaveProperty('Authorization');
	});
});

describe('A read', () => {
	it.each([429, 502, 503, 504])('is repeated after a reply with status %i', async (status) => {
		const { pauses, client } = start([text('', status), json(tag)]);

		expect(await client.tags.get(7)).toEqual(tag);
		expect(pauses).toEqual([500]);
	});

	it.each([502, 503, 504])(
		'is not repeated after a %i in the words of Paperless-ngx',
		async (status) => {
			const { transport, client } = start([
				json({ ai: ['AI backend request timed out.'] }, status),
			]);

			const refusal = await refusalOf(client.tags.get(7), PaperlessError);

			expect(refusal.message).toContain('timed out');
			expect(transport.requests).toHaveLength(1);
		},
	);

	it('of a file is not repeated after a 503 in the words of Paperless-ngx', async () => {
		const headers = { ...versionHeaders['3.0'], 'content-type': 'application/json' };
		const { transport, client } = start([text('{"detail":"Busy"}', 503, headers)]);

		await refusalOf(client.documents.download(7, 'original'), PaperlessError);

		expect(transport.requests).toHaveLength(1);
	});

	it('that costs is sent once, whatever the answer', async () => {
		const { transport, client } = start((request) =>
			request.path.includes('ai_suggestions') ? text('', 503) : json(1),
		);

		await refusalOf(client.documents.aiSuggestions(7), PaperlessError);

		const asked = transport.requests.filter(({ path }) => path.includes('ai_suggestions'));
		expect(asked).toHaveLength(1);
	});

	it.each(['interrupted', 'refused'] as const)(
		'is repeated after a connection was %s',
		async (failure) => {
			const { pauses, client } = start([{ failure, detail: '' }, json(tag)]);

			expect(await client.tags.get(7)).toEqual(tag);
			expect(pauses).toEqual([500]);
		},
	);

	it('waits as long as the server asks', async () => {
		const { pauses, client } = start([text('', 429, { 'retry-after': '7' }), json(tag)]);

		await client.tags.get(7);

		expect(pauses).toEqual([7000]);
	});

	it('waits longer each time where the server’s wish is not readable', async () => {
		const busy = text('', 503, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' });
		const { pauses, client } = start([busy, busy, busy, json(tag)]);

		await client.tags.get(7);

		expect(pauses).toEqual([500, 1000, 2000]);
	});

	it('fails after three repetitions', async () => {
		const { transport, client } = start(() => text('', 503));

		const refusal = await refusalOf(client.tags.get(7), PaperlessError);

		expect(refusal.kind).toBe('unavailable');
		expect(transport.requests).toHaveLength(4);
	});

	it('is not repeated where the server asks to wait more than half a minute', async () => {
		const throttled = json({ detail: 'Request was throttled.' }, 429, { 'retry-after': '53' });
		const { pauses, client } = start([throttled]);

		const refusal = await refusalOf(client.tags.get(7), PaperlessError);

		expect(refusal.kind).toBe('throttled');
		expect(refusal.description).toBe('Request was throttled.');
		expect(pauses).toEqual([]);
	});

	it.each([
		json({ detail: 'Not found.' }, 404),
		text('', 500),
		{ failure: 'tls', detail: 'self-signed certificate' },
		{ failure: 'nameNotFound', detail: 'ENOTFOUND' },
		{ failure: 'timeout', detail: 'ETIMEDOUT' },
		{ failure: 'canceled', detail: '' },
	] satisfies Answer[])('is not repeated where repeating does not help: %j', async (answer) => {
		const { transport, client } = start([answer]);

		await refusalOf(client.tags.get(7), PaperlessError);

		expect(transport.requests).toHaveLength(1);
	});

	it('ends when the pause throws, as it does when the execution is canceled', async () => {
		const transport = new FakeTransport([text('', 503)]);
		const client = paperlessClient(transport, async () => {
			throw new PaperlessError('canceled', 'The execution was canceled');
		});

		const refusal = await refusalOf(client.tags.get(7), PaperlessError);

		expect(refusal.kind).toBe('canceled');
	});
});

describe('A write', () => {
	it.each([429, 502, 503, 504])('is not repeated after status %i', async (status) => {
		const { transport, pauses, client } = start([asn, text('', status)]);

		await refusalOf(client.tags.create({ name: 'Invoice' }), PaperlessError);

		expect(transport.lines).toEqual(['GET api/documents/next_asn/', 'POST api/tags/']);
		expect(pauses).toEqual([]);
	});

	it.each([
		text('<html><h1>504 Gateway Time-out</h1></html>', 504),
		{ failure: 'interrupted', detail: 'ECONNRESET' },
		{ failure: 'timeout', detail: 'ETIMEDOUT' },
	] satisfies Answer[])(
		'whose outcome is unknown says that it was not repeated: %j',
		async (answer) => {
			const { client } = start([asn, answer]);

			const refusal = await refusalOf(client.tags.create({ name: 'Invoice' }), PaperlessError);

			expect(refusal.description).toContain('therefore not repeated');
		},
	);

	it('that was never sent does not say so', async () => {
		const { client } = start([asn, { failure: 'refused', detail: 'ECONNREFUSED' }]);

		const refusal = await refusalOf(client.tags.create({ name: 'Invoice' }), PaperlessError);

		expect(refusal.kind).toBe('unreachable');
		expect(refusal.description).not.toContain('repeated');
	});

	it('accepts a reply without a body', async () => {
		const { client } = start([asn, text('', 204)]);

		await expect(client.tags.delete(7)).resolves.toBeUndefined();
	});
});

describe('What is shown of a reply', () => {
	const secrets = ['secret-token-1'];
	const refused = async (answer: Answer) => {
		const transport = Object.assign(new FakeTransport([answer]), { secrets });
		const connection = new Connection(transport, recordedWait().wait);
		const numbers = z.record(z.number());
		return await refusalOf(connection.get('api/any/', {}, numbers), PaperlessError);
	};

	it.each([
		['no reply', { failure: 'other', detail: 'Cannot send secret-token-1' }, 'Cannot send'],
		['an unknown format', json({ 'secret-token-1': 'x' }), 'At api/any/'],
	] as const)('is no secret of the credential: %s', async (_, answer, words) => {
		const { description } = await refused(answer);

		expect(description).toContain(words);
		expect(description).not.toContain('secret-token-1');
	});
});

describe('A reply', () => {
	it('in an unknown format names the route and the field', async () => {
		const { client } = start([json({ id: 'seven', name: 'Invoice' })]);

		const refusal = await refusalOf(client.tags.get(7), PaperlessError);

		expect(refusal.kind).toBe('unexpectedReply');
		expect(refusal.description).toContain('api/tags/7/: id');
	});

	it('keeps fields that the client does not know', async () => {
		const { client } = start([json({ ...tag, mood: 'new in 5.0' })]);

		expect(await client.tags.get(7)).toEqual({ ...tag, mood: 'new in 5.0' });
	});

	it('that is a login page with status 200 is not data', async () => {
		const { client } = start([text('<!DOCTYPE html><html><head><title>Sign in</title></head>')]);

		const refusal = await refusalOf(client.tags.get(7), PaperlessError);

		expect(refusal.kind).toBe('notPaperless');
		expect(refusal.message).toBe('The server answers with a web page instead of data');
	});

	it('that is truncated says so', async () => {
		const { client } = start([text('{"id": 7, "na')]);

		const refusal = await refusalOf(client.tags.get(7), PaperlessError);

		expect(refusal.kind).toBe('unexpectedReply');
		expect(refusal.description).toContain('truncated');
	});
});

describe('A file', () => {
	it('is a stream with the headers that name it', async () => {
		const headers = {
			...versionHeaders['3.0'],
			'content-type': 'application/pdf',
			'content-disposition': 'attachment; filename="a.pdf"',
		};
		const { client } = start([text('%PDF', 200, headers)]);

		const { body, ...named } = await client.documents.download(3, 'original');

		expect(named).toEqual({ fileName: 'a.pdf', mimeType: 'application/pdf' });
		expect(await readAll(body)).toBe('%PDF');
	});

	it('that is rejected is explained by the text in the stream', async () => {
		const { client } = start([text('Insufficient permissions', 403)]);

		const refusal = await refusalOf(client.documents.download(3, 'original'), PaperlessError);

		expect(refusal.kind).toBe('forbidden');
		expect(refusal.description).toContain('view_document');
	});

	it('is requested again when the server is busy', async () => {
		const { transport, client } = start([text('', 503), text('%PDF')]);

		await client.documents.download(3, 'archived');

		expect(transport.requests).toHaveLength(2);
	});

	it('that cannot be requested has the reason', async () => {
		const { client } = start([{ failure: 'tls', detail: 'self-signed certificate' }]);

		const refusal = await refusalOf(client.documents.download(3, 'archived'), PaperlessError);

		expect(refusal.kind).toBe('unreachable');
		expect(refusal.description).toContain('self-signed certificate');
	});
});

describe('A route', () => {
	it.each([Number.POSITIVE_INFINITY, Number.NaN])(
		'with the id %d is never requested',
		async (id) => {
			const { transport, client } = start([]);

			const refusal = await refusalOf(client.tags.get(id), PaperlessError);

			expect(refusal.kind).toBe('invalid');
			expect(transport.requests).toEqual([]);
		},
	);

	it.each(['../users', 'a/../../users', 'a?full=1', 'a%2f', 'a b'])(
		'with the name %s is never requested',
		async (name) => {
			const { transport, client } = start([]);

			const refusal = await refusalOf(client.system.log(name, 1), PaperlessError);

			expect(refusal.kind).toBe('invalid');
			expect(transport.requests).toEqual([]);
		},
	);
});

describe('The check of a connection', () => {
	it('sends a request that every user may send, and returns the version', async () => {
		const { transport, client } = start([json([{ id: 1 }], 200, versionHeaders['2.18'])]);

		expect((await client.check()).version).toBe('2.18.4');
		expect(transport.lines).toEqual(['GET api/config/']);
	});

	it('rejects a server that is not Paperless-ngx', async () => {
		const { client } = start([page([])]);

		const refusal = await refusalOf(client.check(), PaperlessError);

		expect(refusal.kind).toBe('unexpectedReply');
	});
});
