import { clock } from '../../nodes/toolkit/clock';
import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results } from '../support/paperless.mts';
import type { Fault } from '../support/sandbox.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

let sandbox: Sandbox;
let engine: Engine;
let queue: { id: number };

const next = { tag: byName('Tag 1'), replaceWith: byName('Taken') };
const once = (count: number) => ({ items: Array.from({ length: count }, () => ({ json: {} })) });
const claim = async (parameters: object = {}, items = 1) =>
	await results(engine, 'claimNext', { ...next, ...parameters }, once(items));

type Row = { id: number; name: string; tags: number[]; added: string };
const rows = async (path: string) =>
	(await sandbox.api<{ results: Row[] }>('GET', `${path}page_size=5000`)).results;
const waiting = async () => await rows(`documents/?tags__id__all=${queue.id}&ordering=added,id&`);
const taken = async () => await rows('documents/?tags__name__iexact=Taken&ordering=added,id&');
const locks = async () => await rows('correspondents/?name__icontains=n8n&');
const ids = (some: ReadonlyArray<{ id?: unknown }>) => some.map(({ id }) => id);
const writes = async () =>
	(await sandbox.requests()).filter(({ method }) => method !== 'GET').map(({ path }) => path);

/** The correspondent of a worker that has the turn, or that had it and died. */
const turnOf = async (milliseconds: number) =>
	await sandbox.api<Row>('POST', 'correspondents/', {
		name: `n8n is claiming from tag ${queue.id}`,
		match: `n8n 5d1c ${new Date(clock.now() - milliseconds).toISOString()}`,
		matching_algorithm: 0,
		owner: null,
	});
const minutes = 60_000;

async function begin(documents: number): Promise<void> {
	await sandbox.reset('empty');
	await sandbox.seed({ documents, tags: 1 });
	await sandbox.api('POST', 'tags/', { name: 'Taken' });
	const [tag] = await rows('tags/?name__iexact=Tag%201&');
	queue = { id: tag?.id ?? 0 };
	await sandbox.forgetRequests();
}

function against(profile: (typeof profiles)[number]) {
	beforeAll(async () => {
		sandbox = await Sandbox.start(profile, 'empty');
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
}

describe('fifty workers at one queue of a thousand documents', () => {
	against('3.0.5');

	it('claim every document exactly once and leave no lock', async () => {
		await begin(1000);
		const all = ids(await waiting());
		const worker = async (itemsAtOnce: number): Promise<unknown[]> => {
			const got = await claim({ output: 'selected', options: { waitForTurn: 600 } }, itemsAtOnce);
			return got.length === 0 ? [] : [...ids(got), ...(await worker(itemsAtOnce))];
		};

		const shares = await Promise.all(
			Array.from({ length: 50 }, async (_, index) => await worker(1 + (index % 8))),
		);

		expect(all).toHaveLength(1000);
		expect(shares.flat().sort()).toEqual([...all].sort());
		expect(await waiting()).toEqual([]);
		expect(await taken()).toHaveLength(1000);
		expect(await locks()).toEqual([]);
	}, 300_000);
});

describe.each(profiles)('claiming from a queue, on Paperless-ngx %s', (profile) => {
	against(profile);
	beforeEach(async () => await begin(6));

	it('gives the oldest document the other tag and returns the same as Get', async () => {
		const [oldest, ...others] = await waiting();
		await sandbox.forgetRequests();

		const [claimed] = await claim();
		const [got] = await results(engine, 'get', { document: byId(oldest?.id) });

		expect(claimed).toEqual(got);
		expect(claimed?.tags).toEqual(['Taken']);
		expect(ids(await waiting())).toEqual(ids(others));
		expect(await locks()).toEqual([]);
	});

	if (profile !== '2.15.3') {
		it('takes the tags below that of the queue off as well, and shows what is left', async () => {
			const { id: queue } = await sandbox.api<{ id: number }>('POST', 'tags/', { name: 'Desk' });
			const tray = { name: 'Tray', parent: queue };
			const { id: below } = await sandbox.api<{ id: number }>('POST', 'tags/', tray);
			const [oldest] = await waiting();
			await sandbox.api('PATCH', `documents/${oldest?.id}/`, { tags: [queue, below] });

			const [claimed] = await results(engine, 'claimNext', { ...next, tag: byName('Desk') });
			const document = await sandbox.api<{ tags: number[] }>('GET', `documents/${oldest?.id}/`);

			expect(claimed).toMatchObject({ id: oldest?.id, tags: ['Taken'] });
			expect(document.tags).toHaveLength(1);
		});
	}

	it('takes one document for each input item in a single turn, in their order', async () => {
		const all = ids(await waiting());
		await sandbox.forgetRequests();

		const got = await claim({}, 4);
		const written = await writes();
		const rest = await claim({ options: { documentsPerItem: 2 } }, 3);

		expect(ids(got)).toEqual(all.slice(0, 4));
		expect(written.filter((path) => path === '/api/correspondents/')).toHaveLength(1);
		expect(written.filter((path) => path.endsWith('bulk_edit/'))).toHaveLength(1);
		expect(ids(rest)).toEqual(all.slice(4));
	});

	it('returns nothing from an empty queue and writes nothing', async () => {
		await claim({}, 6);
		await sandbox.forgetRequests();

		const none = await claim({}, 3);

		expect(none).toEqual([]);
		expect(await writes()).toEqual([]);
	});

	it('waits while another worker has the turn, and says so after the timeout', async () => {
		await turnOf(0);

		const rejection = await refusal(engine, 'claimNext', { ...next, options: { waitForTurn: 1 } });

		expect(rejection.message).toBe('Other workers are taking from this queue');
		expect(rejection.description).toContain('for 1 seconds; nothing was claimed');
		expect(rejection.description).toContain('Options → Wait For Turn');
		expect(await waiting()).toHaveLength(6);
		expect(await locks()).toHaveLength(1);
	});

	it('takes over from a worker that died', async () => {
		const left = await turnOf(6 * minutes);

		const got = await claim();

		expect(got).toHaveLength(1);
		expect(ids(await locks())).not.toContain(left.id);
		expect(await locks()).toEqual([]);
	});

	it('cleans up after such a worker even if the queue is empty', async () => {
		await claim({}, 6);
		await turnOf(6 * minutes);

		const none = await claim();

		expect(none).toEqual([]);
		expect(await locks()).toEqual([]);
	});

	it('is not blocked by a lock from the future, which anybody can make', async () => {
		await turnOf(-1000 * 24 * 60 * minutes);

		expect(await claim()).toHaveLength(1);
		expect(await locks()).toEqual([]);
	});

	it('waits for a worker whose clock is a little fast', async () => {
		const held = await turnOf(-2 * minutes);

		const rejection = await refusal(engine, 'claimNext', {
			...next,
			options: { waitForTurn: 1 },
		});

		expect(rejection.message).toBe('Other workers are taking from this queue');
		expect(ids(await locks())).toEqual([held.id]);
	});

	it('does not touch a correspondent that only has the name of a lock', async () => {
		await sandbox.api('POST', 'correspondents/', {
			name: `n8n is claiming from tag ${queue.id}`,
			owner: null,
		});

		const rejection = await refusal(engine, 'claimNext', next);

		expect(rejection.message).toMatch(/^The correspondent “.+” was not created by n8n$/);
		expect(rejection.description).toContain('Rename or delete it');
		expect(await locks()).toHaveLength(1);
	});

	it('names the missing permission to add or delete correspondents, and leaves no lock', async () => {
		const { token } = await sandbox
			.api('POST', 'users/', {
				username: 'worker',
				password: 'workerpass1',
				user_permissions: ['view_document', 'change_document', 'view_tag', 'view_correspondent'],
			})
			.then(
				async () =>
					await sandbox.api<{ token: string }>('POST', 'token/', {
						username: 'worker',
						password: 'workerpass1',
					}),
			);
		for (const { id } of await rows('documents/?'))
			await sandbox.api('PATCH', `documents/${id}/`, { owner: null });
		for (const { id } of await rows('tags/?'))
			await sandbox.api('PATCH', `tags/${id}/`, { owner: null });
		const worker = engineFor(sandbox, 'admin', { apiToken: token });
		const { results: users } = await sandbox.api<{ results: Array<{ id: number }> }>(
			'GET',
			'users/?username=worker',
		);

		const first = await refusal(worker, 'claimNext', next);
		await sandbox.api('PATCH', `users/${users.at(-1)?.id}/`, {
			user_permissions: [
				'view_document',
				'change_document',
				'view_tag',
				'view_correspondent',
				'delete_correspondent',
			],
		});
		const second = await refusal(worker, 'claimNext', next);

		expect(first.description).toContain('“delete_correspondent”');
		expect(second.description).toContain('“add_correspondent”');
		expect(second.description).toContain('a correspondent marks whose turn it is');
		expect(await waiting()).toHaveLength(6);
		expect(await locks()).toEqual([]);
	});

	it('rejects tags that are unknown or would leave the document in the queue', async () => {
		const unknown = await refusal(engine, 'claimNext', { ...next, tag: byName('Tag 11') });
		const same = await refusal(engine, 'claimNext', { ...next, replaceWith: byName('tag 1') });

		expect(unknown.message).toBe('“Tag”: There is no tag “Tag 11”');
		expect(same.message).toBe('“Replace With”: “Tag 1” would leave the documents in the queue');
		expect(await writes()).toEqual([]);
	});
});

describe('claiming from a queue on a bad day', () => {
	against('3.0.5');
	beforeEach(async () => await begin(6));

	it.each<[string, Fault]>([
		[
			'the lock is created but the answer is lost',
			{ kind: 'dropAfter', method: 'POST', path: 'corr' },
		],
		['the request for the lock is lost', { kind: 'drop', method: 'POST', path: 'corr' }],
		[
			'two workers request the lock at the same moment',
			{ kind: 'status', status: 500, method: 'POST', path: 'corr' },
		],
		['the tags change but the answer is lost', { kind: 'dropAfter', path: 'bulk_edit' }],
		['the request to change tags is lost', { kind: 'drop', path: 'bulk_edit', times: 2 }],
		[
			'the server reports a change of tags that it did not make',
			{ kind: 'status', status: 200, body: { result: 'OK' }, path: 'bulk_edit' },
		],
		['the database is locked', { kind: 'status', status: 500, path: 'bulk_edit' }],
		[
			'the lock is deleted but the answer is lost',
			{ kind: 'dropAfter', method: 'DELETE', path: 'corr.*/[1-9]' },
		],
		[
			'the lock cannot be deleted at once',
			{ kind: 'drop', method: 'DELETE', path: 'corr.*/[1-9]' },
		],
	])('claims once and leaves no lock when %s', async (_, fault) => {
		const all = ids(await waiting());
		await engine.pick('searchTags');
		await sandbox.misbehave(fault);

		const first = await claim();
		const others = await claim({}, 10);

		expect(ids([...first, ...others])).toEqual(all);
		expect(ids(await taken())).toEqual(all);
		expect(await locks()).toEqual([]);
	});

	it('names the documents whose change of tags was never confirmed', async () => {
		const [oldest] = await waiting();
		await sandbox.misbehave({ kind: 'drop', path: 'bulk_edit', times: 3 });

		const rejection = await refusal(engine, 'claimNext', next);
		const [later] = await claim();

		expect(rejection.message).toBe(`Could not confirm who claimed documents ${oldest?.id}`);
		expect(rejection.description).toContain('did not confirm the change of tags');
		expect(later?.id).toBe(oldest?.id);
		expect(await locks()).toEqual([]);
	});

	it('gives nothing to a worker whose turn another one ended', async () => {
		const [oldest] = await waiting();
		await sandbox.misbehave({ kind: 'hold', path: 'bulk_edit' });

		const slow = refusal(engine, 'claimNext', next);
		let found = await locks();
		while (found.length === 0) found = await locks();
		await sandbox.api('DELETE', `correspondents/${found[0]?.id}/`);
		await sandbox.release();
		const rejection = await slow;

		expect(rejection.message).toBe(`Could not confirm who claimed documents ${oldest?.id}`);
		expect(rejection.description).toContain('Someone else ended the turn');
	});
});
