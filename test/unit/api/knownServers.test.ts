import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { KnownServers } from '../../../nodes/api/knownServers';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import { Server } from '../../../nodes/api/server';
import type { Answer } from '../../support/fakeTransport.mts';
import {
	FakeTransport,
	json,
	recordedWait,
	refusalOf,
	text,
	versionHeaders,
} from '../../support/fakeTransport.mts';

const tag = { id: 7, name: 'Invoice' };
const asn = (release: keyof typeof versionHeaders) => json(12, 200, versionHeaders[release]);

function start(answers: Answer[], credential?: string) {
	const transport = new FakeTransport(answers, undefined, credential);
	return { transport, client: paperlessClient(transport, recordedWait().wait) };
}

const seen = async (release: keyof typeof versionHeaders, credential?: string) => {
	await start([json(tag, 200, versionHeaders[release])], credential).client.tags.get(7);
};

beforeEach(forgetServers);

describe('The servers that a process knows', () => {
	it('are bounded: the one that was used least recently is forgotten', () => {
		const known = new KnownServers();
		for (let route = 0; route < 500; route += 1) known.set(String(route), new Server('3.0.5', 10));

		expect(known.size).toBeLessThan(500);
		expect(known.get('0')).toBeUndefined();
		expect(known.get('499')?.version).toBe('3.0.5');
	});

	it('are not those of another credential with the same address', async () => {
		await seen('2.15', 'one');
		const { transport, client } = start([asn('3.0'), json(tag, 201)], 'two');

		await client.tags.create({ name: 'Invoice' });

		expect(transport.lines).toEqual(['GET api/documents/next_asn/', 'POST api/tags/']);
		expect((await client.server()).version).toBe('3.0.5');
	});
});

describe('A server that was upgraded since its latest reply', () => {
	it('is asked once more before an operation is refused', async () => {
		await seen('2.20');
		const { transport, client } = start([asn('3.0')]);

		const server = await client.require('aiFeatures');

		expect(server.version).toBe('3.0.5');
		expect(transport.lines).toEqual(['GET api/documents/next_asn/']);
	});

	it('is asked once for several refusals of one execution', async () => {
		await seen('2.20');
		const { transport, client } = start([asn('2.20')]);

		const refusals = await Promise.all(
			['aiFeatures', 'documentVersions'].map((capability) =>
				refusalOf(client.require(capability as 'aiFeatures'), PaperlessError),
			),
		);
		await refusalOf(client.require('shareLinkBundles'), PaperlessError);

		expect(refusals.map(({ kind }) => kind)).toEqual(['unsupported', 'unsupported']);
		expect(transport.requests).toHaveLength(1);
	});

	it('is not asked where it can do what is needed', async () => {
		await seen('3.0');
		const { transport, client } = start([]);

		await client.require('aiFeatures');

		expect(transport.requests).toEqual([]);
	});

	it('decides about the checksum of a file', async () => {
		await seen('2.20');
		const { client } = start([asn('3.0')]);

		expect(await client.documents.checksumAlgorithm()).toBe('sha256');
	});
});

describe('A server that offers only newer versions of the API', () => {
	const future = { 'x-version': '5.0.0', 'x-api-version': '12' };
	const refused = text('{"detail":"Invalid version in \\"Accept\\" header."}', 406, {});
	const newest = () => json({ identifier: 7 }, 200, future);
	const words =
		'This node speaks API versions 8 to 10; this server (5.0.0) offers only newer ones. Update the node.';

	it('is described in the first read and in later ones', async () => {
		const { client } = start([newest(), refused, newest(), refused, newest()]);

		const first = await refusalOf(client.tags.get(7), PaperlessError);
		const second = await refusalOf(client.tags.get(7), PaperlessError);

		expect(first).toMatchObject({ kind: 'unsupported', description: words });
		expect(second).toMatchObject({ kind: 'unsupported', description: words });
	});

	it('is described before a write', async () => {
		const { transport, client } = start([newest(), refused, newest()]);

		const refusal = await refusalOf(client.tags.create({ name: 'Invoice' }), PaperlessError);

		expect(refusal.description).toBe(words);
		expect(transport.requests.every(({ method }) => method === 'GET')).toBe(true);
	});
});

describe('A reply about a document that is missing', () => {
	const missing = json({ detail: 'No Document matches the given query.' }, 404);

	it.each([
		['read', (client: ReturnType<typeof start>['client']) => client.documents.get(27)],
		[
			'changed',
			(client: ReturnType<typeof start>['client']) => client.documents.update(27, { title: 'New' }),
		],
		[
			'downloaded',
			(client: ReturnType<typeof start>['client']) => client.documents.download(27, 'original'),
		],
	])('names the document of which it became a version: %s', async (_, send) => {
		await seen('3.0');
		const { transport, client } = start([missing, json({ root_id: 26 })]);

		const refusal = await refusalOf<PaperlessError>(send(client), PaperlessError);

		expect(await refusal.about('document').explained()).toMatchObject({
			parameter: 'document',
			kind: 'notFound',
			message: 'There is no document 27: 27 is now a version of 26',
		});
		expect(transport.lines.at(-1)).toBe('GET api/documents/27/root/');
	});

	it('stays as it is where there is no such document, and before 3.0', async () => {
		await seen('3.0');
		const unknown = await refusalOf(
			start([missing, missing]).client.documents.get(27),
			PaperlessError,
		);
		forgetServers();
		await seen('2.20');
		const old = start([json({ detail: 'Not found.' }, 404, versionHeaders['2.20'])]);
		const before = await refusalOf(old.client.documents.get(27), PaperlessError);

		expect((await unknown.explained()).message).toContain('does not exist');
		expect((await before.explained()).message).toContain('does not exist');
		expect(old.transport.requests).toHaveLength(1);
	});
});

describe('A route that the server lacks', () => {
	it.each([
		json({ detail: 'Not found.' }, 404),
		text('404 page not found', 404, {}),
		json({ detail: 'Method "GET" not allowed.' }, 405),
	])('is named: %j', async (reply) => {
		await seen('3.0');

		const refusal = await refusalOf(start([reply]).client.trash.glance(), PaperlessError);

		expect(refusal.message).toContain('This server has no route');
		expect(refusal.message).toContain('/api/trash/');
	});
});

describe('A request that is forbidden', () => {
	const forbidden = json({ detail: 'You do not have permission to perform this action.' }, 403);
	const held = (...permissions: string[]) => json({ user: { id: 3 }, permissions });

	it('names only a permission that is missing', async () => {
		await seen('3.0');
		const { transport, client } = start([forbidden, held('view_tag'), forbidden]);

		const refusal = await refusalOf(client.tags.update(7, { name: 'Bill' }), PaperlessError);
		const explained = await refusal.explained();
		const again = await refusalOf(client.tags.get(7), PaperlessError);

		expect(explained.description).toContain('The user lacks “change_tag”');
		expect((await again.explained()).description).toContain(
			'The user has “view_tag”, but no access to this object',
		);
		expect(transport.lines.filter((line) => line.includes('ui_settings'))).toHaveLength(1);
	});

	it('may require a permission where the server does not report them', async () => {
		await seen('3.0');
		const { client } = start([forbidden, forbidden]);

		const refusal = await refusalOf(client.tags.get(7), PaperlessError);

		expect((await refusal.explained()).description).toContain(
			'It may require the permission “view_tag”',
		);
	});
});
