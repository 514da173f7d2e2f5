import { forgetServers } from '../../nodes/api/connection';
import { versionHeaders } from '../support/fakeTransport.mts';
import { Engine } from '../support/engine.mts';
import { types } from '../support/paperless.mts';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { Stub } from '../support/stub.mts';

const list = (...results: object[]) => ({ count: results.length, next: null, results });
const stamp = '2024-05-01T10:00:00.000000Z';
const document = (id: number, more: object = {}) => ({ id, title: 'A', modified: stamp, ...more });
const long = 'x'.repeat(1_000_000);

describe('A server that wants to fill or exhaust n8n', () => {
	const stubs: Stub[] = [];
	let replies: Record<string, unknown>;
	let release: keyof typeof versionHeaders;
	beforeEach(() => {
		forgetServers();
		release = '3.0';
		replies = { 'tags/': list({ id: 3, name: 'Paid' }) };
	});
	afterEach(async () => {
		await Promise.all(stubs.splice(0).map((stub) => stub.close()));
	});

	const credential = async () => {
		const stub = await Stub.start(({ path }) => {
			const [route = ''] = path.replace('/api/', '').split('?');
			const body = replies[route] ?? (route.endsWith('/history/') ? [] : list());
			const headers = { ...versionHeaders[release], 'content-type': 'application/json' };
			return { status: 200, headers, body: JSON.stringify(body) };
		});
		stubs.push(stub);
		return { baseUrl: stub.url, apiToken: 'secret-token' };
	};
	const trigger = async (events: string[], more: object = {}) =>
		new PollingTrigger(await credential(), { events, ...more });
	const outcome = async (watching: PollingTrigger) =>
		await watching.poll().then(String, ({ message }: Error) => message);
	const saved = ({ memory }: PollingTrigger) => JSON.stringify(memory).length;

	it.each([-4_000_000_000, 1.5, 1e21])(
		'gives no document an ID that stands for many: %d',
		async (id) => {
			replies['documents/'] = list(document(id));
			const watching = await trigger(['documentMatchesFilter'], { filters: { anyTags: [3] } });

			expect(await outcome(watching)).toBe('Paperless-ngx answered in an unknown format');
			expect(watching.memory).toEqual({});
		},
	);

	it.each([
		['title', { title: long }],
		[
			'list of fields',
			{
				custom_fields: Array.from({ length: 10_000 }, (_, field) => ({
					field: field + 1,
					value: stamp,
				})),
			},
		],
		['list of tags', { tags: Array.from({ length: 100_000 }, (_, at) => at + 1) }],
		['list of notes', { notes: Array.from({ length: 100_000 }, (_, id) => ({ id })) }],
	])('has no %s remembered that is longer than others', async (_, more) => {
		replies['documents/'] = list(document(1), document(2, more));
		const watching = await trigger(['documentUpdated']);

		await watching.poll();
		await watching.poll();

		expect(watching.memory['state']).toMatchObject({
			pictures: expect.arrayContaining([expect.objectContaining({ id: 1 })]),
		});
		expect(saved(watching)).toBeLessThan(10_000);
	});

	it.each([
		['a time', ['documentAdded'], { 'documents/': list(document(1, { modified: long })) }],
		[
			'a time with a text behind it',
			['documentUpdated'],
			{ 'documents/': list(document(1, { modified: `2024-06-01T10:00:00.${'0'.repeat(9999)}Z` })) },
		],
		[
			'the time of a deletion',
			['documentDeleted'],
			{ 'trash/': list(document(1, { deleted_at: long })) },
		],
		[
			'a version',
			['newVersionAvailable'],
			{ 'remote_version/': { version: long, update_available: true } },
		],
		[
			'a status',
			['systemStatusChanged'],
			{ 'status/': { tasks: {}, database: { status: long, error: long } } },
		],
	])('has no long text remembered as %s', async (_, events, hostile) => {
		replies['remote_version/'] = { version: 'v3.0.5', update_available: false };
		replies['status/'] = { tasks: {}, database: { status: 'OK' } };
		const watching = await trigger(events);
		await watching.poll();
		watching.passTime(60 * 25);
		Object.assign(replies, hostile);

		await outcome(watching);
		const fresh = await trigger(events);
		await outcome(fresh);

		expect(saved(watching)).toBeGreaterThan(50);
		expect(saved(watching)).toBeLessThan(3000);
		expect(saved(fresh)).toBeLessThan(3000);
	});

	it('has every failed task reported, however many there are', async () => {
		const failed = (id: number) => ({
			id,
			task_id: String(id),
			status: 'FAILURE',
			date_done: stamp,
			result: 'Broken',
		});
		release = '2.15';
		replies['tasks/'] = [failed(1)];
		const watching = await trigger(['consumptionFailed']);
		await watching.poll();
		watching.passTime(60);
		replies['tasks/'] = Array.from({ length: 150_000 }, (_, at) => failed(at + 1));

		expect((await watching.poll()).length).toBe(149_999);
	});

	it('is told in few words that it writes histories in another way', async () => {
		replies['documents/'] = list(document(1));
		const watching = await trigger(['documentUpdated']);
		await watching.poll();
		replies['documents/'] = list(document(1, { modified: '2024-05-01T11:00:00Z' }));
		replies['documents/1/history/'] = Array.from({ length: 1000 }, (_, id) => ({ id }));

		expect(await outcome(watching)).toBe('The history of document 1 has an unknown format');
	});

	it('leads to no other place than the release', async () => {
		const version = 'v../../../../evil/phishing?"><a href="https://evil.test">';
		replies['remote_version/'] = { version, update_available: true };
		const engine = new Engine(types, await credential());

		const told = [
			...(await (await trigger(['newVersionAvailable'])).poll('manual')),
			...(
				await engine.run({ parameters: { resource: 'system', operation: 'checkForUpdate' } })
			).items.map(({ json }) => json),
		];

		const releases = 'https://github.com/paperless-ngx/paperless-ngx/releases/tag/';
		expect(told).toHaveLength(2);
		for (const { release_notes_url: url } of told) {
			expect(new URL(String(url)).href).toMatch(`${releases}v..%2F..%2F`);
		}
	});
});
