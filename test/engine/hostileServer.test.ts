import { forgetServers } from '../../nodes/api/connection';
import { alarms, closed, gzipped, half, passTime } from '../support/brokenBodies.mts';
import { Engine } from '../support/engine.mts';
import { versionHeaders } from '../support/fakeTransport.mts';
import { byId, run, types } from '../support/paperless.mts';
import type { Answer, Heard, Response } from '../support/stub.mts';
import { Stub } from '../support/stub.mts';

const headers = { ...versionHeaders['3.0'], 'content-type': 'application/json' };
const row = (id: number) => ({ id, title: `Letter ${id}`, tags: [] });
const page = (results: object[], more: object = {}) =>
	JSON.stringify({ count: results.length, next: null, results, ...more });

const stubs: Stub[] = [];
afterEach(async () => {
	await Promise.all(stubs.splice(0).map((stub) => stub.close()));
	forgetServers();
});

/** An engine in front of a server that answers as given. */
async function against(answer: (heard: Heard, count: number) => Answer, credential: object = {}) {
	let count = 0;
	const stub = await Stub.start((heard) => {
		count += 1;
		return answer(heard, count);
	});
	stubs.push(stub);
	const engine = new Engine(types, { baseUrl: stub.url, apiToken: 'secret-token', ...credential });
	return { stub, engine };
}

beforeEach(() => alarms.take());
afterAll(() => alarms.giveBack());

const all = { returnAll: true, output: 'raw' };
const paging = ({ path }: Heard) => new URL(path, 'http://stub').searchParams;

describe('A reply that is cut off', () => {
	const cut = (encoding: string, response: Response) => {
		const whole = Buffer.from(page([row(3)], { count: 3, next: null }));
		const body = encoding === 'gzip' ? gzipped(whole) : whole;
		response.write(body.subarray(0, body.length / 2), () => response.destroy());
	};

	it.each([
		['with a known length', { 'content-length': '5000' }, ''],
		['in chunks', {}, ''],
		['in compressed chunks', { 'content-encoding': 'gzip' }, 'gzip'],
	])('%s is noticed at once and requested again', async (_, more, encoding) => {
		let cuts = 0;
		const { engine, stub } = await against((heard) => {
			const at = paging(heard).get('page');
			const size = Number(paging(heard).get('page_size'));
			if (at !== '2' || cuts > 0) {
				const rows = Array.from({ length: size }, (__, index) =>
					row((Number(at) - 1) * size + index + 1),
				);
				const next = at === '3' ? null : 'more';
				return { status: 200, headers, body: page(rows, { count: size * 3, next }) };
			}
			cuts += 1;
			return {
				status: 200,
				headers: { ...headers, ...more },
				body: (response) => cut(encoding, response),
			};
		});

		const { json, error } = await run(engine, 'getAll', all);

		expect(error).toBeUndefined();
		expect(new Set(json.map(({ id }) => id)).size).toBe(json.length);
		expect(json.length).toBeGreaterThan(100);
		expect(stub.heard.filter((heard) => paging(heard).get('page') === '2')).toHaveLength(2);
	});
});

describe('A body that does not end', () => {
	it('is noticed when nothing more comes, and is requested again', async () => {
		const { engine, stub } = await against((_, count) => ({
			status: 200,
			headers,
			body: count === 1 ? (response) => half(response, () => passTime(response)) : page([row(1)]),
		}));

		const { json, error } = await run(engine, 'getAll', all);

		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
		expect(stub.heard).toHaveLength(2);
	});

	it('ends after ten minutes although something keeps coming', async () => {
		const { engine, stub } = await against(() => ({
			status: 200,
			headers,
			body: (response) => half(response, () => passTime(response, () => response.write(' '))),
		}));

		const { error } = await run(engine, 'getAll', all);

		expect(error?.message).toBe('Paperless-ngx did not answer in time');
		expect(stub.heard).toHaveLength(1);
	});

	it('ends with the deadline of the client, whatever keeps coming', async () => {
		const { engine, stub } = await against(() => ({
			status: 200,
			headers,
			body: (response) =>
				half(response, () => passTime(response, () => response.write(' '), 120_000)),
		}));

		const picking = engine.pick('searchTags');

		await expect(picking).rejects.toThrow('Paperless-ngx did not answer in time');
		expect(stub.heard).toHaveLength(1);
	});

	it('of a reply to the test of a credential ends', async () => {
		const { engine } = await against(() => ({
			status: 200,
			headers,
			body: (response) => half(response, () => passTime(response)),
		}));

		const { status, message } = await engine.testCredential();

		expect(status).toBe('Error');
		expect(message).toContain('The connection to Paperless-ngx was interrupted');
	});

	it('of a download ends as well', async () => {
		const { engine } = await against(() => ({
			status: 200,
			headers: { ...headers, 'content-type': 'application/pdf' },
			body: (response) => half(response, () => passTime(response)),
		}));

		const { error } = await run(engine, 'download', { document: byId(1) });

		expect(error?.message).toContain('only partly downloaded');
	});

	it('of a refused download leaves no connection open', async () => {
		const open: Response[] = [];
		const { engine } = await against(() => ({
			status: 503,
			headers: { 'retry-after': '0' },
			body: (response) => {
				open.push(response);
				response.write('x'.repeat(100_000));
			},
		}));

		const { error } = await run(engine, 'download', { document: byId(1) });

		expect(error?.message).toMatch(/^x{100}/);
		expect(open).toHaveLength(4);
		await Promise.all(open.map(closed));
	});
});

describe('A body that is too large', () => {
	it('is not read to its end', async () => {
		const bomb = gzipped(Buffer.alloc(300 * 1024 * 1024, ' '));
		const { engine } = await against(() => ({
			status: 200,
			headers: { ...headers, 'content-encoding': 'gzip' },
			body: bomb,
		}));

		const { error } = await run(engine, 'getAll', all);

		expect(error?.message).toBe('The reply of Paperless-ngx is too large');
	});

	it('is not parsed where it is nested without end', async () => {
		const { engine } = await against(() => ({ status: 200, headers, body: '['.repeat(5_000_000) }));

		const { error } = await run(engine, 'getAll', all);

		expect(error?.message).toBe('The answer of Paperless-ngx is not readable');
	});

	it.each(['{"detail":"', ''])('of a refusal is shortened, after %j', async (start) => {
		const { engine } = await against(() => ({
			status: 400,
			headers,
			body: `${start}${'A'.repeat(30_000_000)}`,
		}));

		const { error, saved } = await run(engine, 'getAll', all);

		expect(error?.message).toContain('AAAA');
		expect(saved.length).toBeLessThan(100_000);
	});
});

describe('Tags that are each other’s parents', () => {
	it('are deleted without going round in circles', async () => {
		const circle = [
			{
				id: 1,
				name: 'Hen',
				parent: 2,
				children: [{ id: 2, name: 'Egg', parent: 1, children: [] }],
			},
			{
				id: 2,
				name: 'Egg',
				parent: 1,
				children: [{ id: 1, name: 'Hen', parent: 2, children: [] }],
			},
		];
		let left = circle;
		const { engine } = await against(({ method }) => {
			if (method === 'POST') left = [];
			return { status: 200, headers, body: method === 'POST' ? '{"result":"OK"}' : page(left) };
		});
		const items = circle.map(({ id }) => ({ json: { id } }));

		const { json, error } = await run(
			engine,
			'delete',
			{ resource: 'tag', tag: byId('={{ $json.id }}'), dryRun: false },
			{ items },
		);

		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ deleted: true }, { deleted: true }]);
	});
});

describe('An answer that repeats the request', () => {
	const token = 'another-shape-of-token';
	const secretHeaders = 'CF-Access-Client-Secret: proxy-secret\nX-Login: Bearer inner-secret';

	it.each([400, 401, 403, 404, 429, 500, 503])(
		'with status %i shows no secret of the credential',
		async (status) => {
			const { engine } = await against(
				(heard) => ({
					status,
					headers,
					body: JSON.stringify({ detail: `<a href="/">${JSON.stringify(heard.headers)}</a>` }),
				}),
				{ apiToken: token, secretHeaders },
			);

			const { error, saved } = await run(engine, 'getAll', all);

			expect(error).toBeDefined();
			expect(saved).not.toMatch(/another-shape|proxy-secret|inner-secret|<a href/);
		},
	);
});

describe('A request that is repeated in plain text', () => {
	it('shows no secret of the credential', async () => {
		const { engine } = await against((heard) => ({
			status: 400,
			headers: versionHeaders['3.0'],
			body: `You sent ${JSON.stringify(heard.headers)}`,
		}));

		const { error, saved } = await run(engine, 'getAll', all);

		expect(error?.message).toContain('You sent');
		expect(saved).not.toContain('secret-token');
	});
});

describe('A list', () => {
	it('that announces a million million rows is refused', async () => {
		const { engine, stub } = await against(() => ({
			status: 200,
			headers,
			body: page([row(1)], { count: 1e12, next: 'more' }),
		}));

		const { error } = await run(engine, 'getAll', all);

		expect(error?.message).toBe('Paperless-ngx answered in an unknown format');
		expect(stub.heard).toHaveLength(1);
	});

	it('that never ends is read only until nothing new comes', async () => {
		const { engine, stub } = await against(() => ({
			status: 200,
			headers,
			body: page([row(1)], { count: 5000, next: 'more' }),
		}));

		const { json } = await run(engine, 'getAll', { limit: 50, output: 'raw' });

		expect(json).toHaveLength(1);
		expect(stub.heard.length).toBeLessThan(20);
	});
});
