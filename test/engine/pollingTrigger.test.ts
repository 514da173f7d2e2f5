import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../nodes/toolkit/clock';
import { engineFor, results, textFile } from '../support/paperless.mts';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('the polling trigger on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let number = 0;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	const trigger = (events: string[], more: object = {}, memory: IDataObject = {}) =>
		new PollingTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
			{ events, ...more },
			memory,
		);
	const add = async (): Promise<unknown> => {
		number += 1;
		const engine = engineFor(sandbox);
		const item = await textFile(engine, `Paper number ${number}`, `paper-${number}.txt`);
		const [uploaded] = await results(engine, 'upload', {}, { items: [item] });
		return uploaded?.id;
	};
	const change = async (id: unknown, changes: object) =>
		await sandbox.api('PATCH', `documents/${String(id)}/`, changes);
	const ids = (items: IDataObject[]) => items.map(({ id }) => id);

	it('does not report existing documents when it is activated', async () => {
		const added = trigger(['documentAdded', 'documentUpdated', 'newInboxDocument']);

		expect(await added.poll()).toEqual([]);
		expect(await added.poll()).toEqual([]);
	});

	it.each(['documentAdded', 'documentUpdated', 'newInboxDocument', 'documentMatchesFilter'])(
		'is not activated for %s with filters that name what does not exist',
		async (event) => {
			const misspelled = trigger([event], { filters: { anyTags: ['invoise'] } });

			await expect(misspelled.poll()).rejects.toThrow('There is no tag “invoise”');
		},
	);

	it('reads no changes when it is activated in an archive at rest', async () => {
		await sandbox.seed({ documents: 3 });
		await clock.pause(16 * 60_000);
		await sandbox.forgetRequests();

		await trigger(['documentUpdated']).poll();

		const queries = (await sandbox.requests()).map(({ query }) => query);
		expect(queries.length).toBeGreaterThan(0);
		expect(queries.filter((query) => query.includes('modified__'))).toEqual([]);
	});

	it('reports a document of a burst that becomes visible after its activation', async () => {
		await sandbox.settings({ commitSeconds: 30 });
		const body = new FormData();
		body.append('document', new Blob(['A late paper'], { type: 'text/plain' }), 'late.txt');
		const headers = { Authorization: `Token ${sandbox.tokens.admin}` };
		await fetch(`${sandbox.url}/api/documents/post_document/`, { method: 'POST', headers, body });
		await clock.pause(1000);
		await sandbox.seed({ documents: 1 });
		const path = 'documents/?fields=id&ordering=-id&page_size=2';
		const { results: newest } = await sandbox.api<{ results: Array<{ id: number }> }>('GET', path);
		const [last, before] = newest.map(({ id }) => id);
		expect(last).toBe(Number(before) + 2);
		const watching = trigger(['documentAdded', 'documentUpdated']);

		expect(await watching.poll()).toEqual([]);
		await clock.pause(60_000);

		expect((await watching.poll()).map(({ event_id: event }) => event)).toEqual([
			`documentAdded:${Number(before) + 1}`,
		]);
		expect(await watching.poll()).toEqual([]);
	});

	it('reports each added document once, in the order of arrival', async () => {
		const added = trigger(['documentAdded']);
		await added.poll();

		const first = [await add(), await add()];
		const reported = await added.poll();
		const second = [await add()];
		const reportedNext = await added.poll();

		expect(ids(reported)).toEqual(first);
		expect(reported[0]).toMatchObject({
			event: 'documentAdded',
			event_id: `documentAdded:${String(first[0])}`,
		});
		expect(ids(reportedNext)).toEqual(second);
		expect(await added.poll()).toEqual([]);
	});

	it('reports every change of a document, and a new document as added only', async () => {
		const updated = trigger(['documentAdded', 'documentUpdated']);
		const [{ id } = {}] = await results(engineFor(sandbox), 'getAll', { limit: 1 });
		await updated.poll();

		await change(id, { title: 'Once' });
		const once = await updated.poll();
		await change(id, { title: 'Twice' });
		const fresh = await add();
		const twice = await updated.poll();

		expect(once.map(({ event, title }) => [event, title])).toEqual([['documentUpdated', 'Once']]);
		expect(twice.map(({ event, id: which }) => [event, which])).toEqual([
			['documentUpdated', id],
			['documentAdded', fresh],
		]);
		expect(once[0]?.event_id).not.toBe(twice[0]?.event_id);
		expect(await updated.poll()).toEqual([]);
	});

	it('reports a document that enters the inbox, new or by a tag, once', async () => {
		const inbox = trigger(['newInboxDocument']);
		const tags = await sandbox.api<{ results: Array<{ id: number; is_inbox_tag: boolean }> }>(
			'GET',
			'tags/?page_size=100',
		);
		const inboxTag = tags.results.find(({ is_inbox_tag }) => is_inbox_tag)?.id;
		const [{ id } = {}] = await results(engineFor(sandbox), 'getAll', { limit: 1 });
		await change(id, { tags: [] });
		await inbox.poll();

		const fresh = await add();
		await change(id, { tags: [inboxTag] });
		const reported = await inbox.poll();
		await change(id, { title: 'Still in the inbox' });

		expect(reported.map(({ event }) => event)).toEqual(['newInboxDocument', 'newInboxDocument']);
		expect(ids(reported).sort()).toEqual([id, fresh].sort());
		expect(await inbox.poll()).toEqual([]);
	});

	it('resumes after a restart from the state that n8n has saved', async () => {
		const before = trigger(['documentAdded']);
		await before.poll();
		const missed = [await add(), await add()];

		const after = trigger(['documentAdded'], {}, before.memory);

		expect(ids(await after.poll())).toEqual(missed);
	});

	it('repeats the last batch after a restart of n8n if set to, and then continues', async () => {
		const options = { options: { afterRestart: 'repeatLastBatch' } };
		const before = trigger(['documentAdded'], options);
		await before.poll();
		await add();
		await before.poll();
		const last = await add();
		const found = await before.poll();
		await before.poll();

		const after = trigger(['documentAdded'], options, before.memory);
		after.activation = 'init';
		const again = await after.poll();
		const next = await add();

		expect(ids(found)).toEqual([last]);
		expect(again).toEqual(found);
		expect(ids(await after.poll())).toEqual([next]);
		expect(await after.poll()).toEqual([]);
	});

	it('repeats the last batch even if the first poll after a restart fails', async () => {
		const options = { options: { afterRestart: 'repeatLastBatch' } };
		const before = trigger(['documentAdded'], options);
		await before.poll();
		const last = await add();
		await before.poll();

		const after = trigger(['documentAdded'], options, before.memory);
		after.activation = 'init';
		await sandbox.misbehave({ kind: 'status', status: 500, path: 'documents', times: 1 });
		await expect(after.poll()).rejects.toThrow('crashed');

		expect(ids(await after.poll())).toEqual([last]);
		expect(await after.poll()).toEqual([]);
	});

	it('repeats the existing documents that it started with after a restart', async () => {
		const options = { options: { afterRestart: 'repeatLastBatch', emitExisting: true } };
		const before = trigger(['documentAdded'], options);
		const existing = await before.poll();

		const after = trigger(['documentAdded'], options, before.memory);
		after.activation = 'init';

		expect(existing.length).toBeGreaterThan(1);
		expect(await after.poll()).toEqual(existing);
	});

	it('repeats nothing after a restart from before it started over', async () => {
		const options = { options: { afterRestart: 'repeatLastBatch', afterBreak: 'startOver' } };
		const before = trigger(['documentAdded'], options);
		await before.poll();
		await add();
		await before.poll();
		await add();
		const startedOver = trigger(['documentAdded'], options, before.memory);
		await startedOver.poll();

		const restarted = trigger(['documentAdded'], options, startedOver.memory);
		restarted.activation = 'init';

		expect(await restarted.poll()).toEqual([]);
	});

	it('repeats nothing after a restart unless set to, nor after an activation', async () => {
		const repeating = { options: { afterRestart: 'repeatLastBatch' } };
		const [plain, activated] = [trigger(['documentAdded']), trigger(['documentAdded'], repeating)];
		for (const each of [plain, activated]) await each.poll();
		await add();
		for (const each of [plain, activated]) expect(await each.poll()).toHaveLength(1);

		const restarted = trigger(['documentAdded'], {}, plain.memory);
		restarted.activation = 'init';
		const again = trigger(['documentAdded'], repeating, activated.memory);

		expect(await restarted.poll()).toEqual([]);
		expect(await again.poll()).toEqual([]);
	});

	it('reports only documents that match its filters', async () => {
		const filtered = trigger(['documentUpdated'], { filters: { anyTags: 'invoice' } });
		const all = await results(engineFor(sandbox), 'getAll', { returnAll: true });
		await filtered.poll();

		for (const { id } of all) await change(id, { archive_serial_number: Number(id) + 700 });
		const reported = await filtered.poll();

		const expected = all.filter(({ tags }) => (tags as string[]).includes('invoice'));
		expect(expected.length).toBeLessThan(all.length);
		expect(ids(reported).sort()).toEqual(ids(expected).sort());
	});

	it('reports only the documents that its filter names by ID', async () => {
		const [watched, unwatched] = ids(await results(engineFor(sandbox), 'getAll', { limit: 2 }));
		const filtered = trigger(['documentUpdated'], { filters: { ids: String(watched) } });
		await filtered.poll();

		await change(watched, { title: 'Watched' });
		await change(unwatched, { title: 'Not watched' });

		expect(ids(await filtered.poll())).toEqual([watched]);
	});

	it('starts over, and reports nothing twice, when its state is not readable', async () => {
		const broken = { state: { version: 1, scope: 'x', cursor: 'no cursor' } };
		const added = trigger(['documentAdded'], { options: { emitExisting: true } }, broken);

		expect(await added.poll()).toEqual([]);
		const fresh = await add();

		expect(ids(await added.poll())).toEqual([fresh]);
	});

	it('starts over when a single stamp in its state is not readable', async () => {
		const before = trigger(['documentAdded']);
		await before.poll();
		const memory = before.memory as { state: { cursor: { horizon: string } } };
		memory.state.cursor.horizon = 'yesterday';

		const after = trigger(['documentAdded'], {}, memory);
		expect(await after.poll()).toEqual([]);
		const fresh = await add();

		expect(ids(await after.poll())).toEqual([fresh]);
	});

	it('starts over when its filters change', async () => {
		const before = trigger(['documentAdded']);
		await before.poll();
		await add();

		const after = trigger(['documentAdded'], { filters: { hasTags: true } }, before.memory);

		expect(await after.poll()).toEqual([]);
	});

	it('keeps its place when an expression in its filters has a different value at each poll', async () => {
		const date = '={{ $now.plus({ days: 1 }).toISO() }}';
		const filtered = trigger(['documentAdded'], {
			filters: { dates: { rows: [{ field: 'added', condition: 'lte', date }] } },
			options: { emitExisting: true },
		});
		const existing = await filtered.poll();

		const fresh = await add();

		expect(existing.length).toBeGreaterThan(1);
		expect(ids(await filtered.poll())).toEqual([fresh]);
	});

	it('keeps its place while the server is down, reports that once, and catches up', async () => {
		const added = trigger(['documentAdded']);
		await added.poll();
		await sandbox.misbehave({ kind: 'status', status: 500, path: 'documents', times: 2 });

		await expect(added.poll()).rejects.toThrow('crashed');
		expect(await added.poll()).toEqual([]);
		const missed = await add();

		expect(ids(await added.poll())).toEqual([missed]);
	});

	it('shows an example and saves nothing in a test in the editor', async () => {
		const added = trigger(['documentAdded']);

		const [example] = await added.poll('manual');

		expect(example).toMatchObject({ event: 'documentAdded', title: expect.any(String) });
		expect(added.memory).toEqual({});
	});

	it('costs one small request when nothing happened', async () => {
		const quiet = trigger(['documentAdded', 'documentUpdated', 'newInboxDocument']);
		await quiet.poll();
		const memory = quiet.memory as { state: { cursor: { movedAt: number } } };
		memory.state.cursor.movedAt -= 3_600_000;
		const later = trigger(['documentAdded', 'documentUpdated', 'newInboxDocument'], {}, memory);
		expect(await later.poll()).toEqual([]);
		await sandbox.forgetRequests();

		expect(await later.poll()).toEqual([]);

		const requests = await sandbox.requests();
		expect(requests).toHaveLength(1);
		expect(requests[0]?.bytesOut).toBeLessThan(2000);
	});
});

describe('the polling trigger, independent of the server', () => {
	let sandbox: Sandbox;

	beforeAll(async () => {
		sandbox = await Sandbox.start('3.0.5', 'empty');
	});
	afterAll(async () => await sandbox.close());

	it('starts with the existing documents if set to, each once, in portions', async () => {
		await sandbox.seed({ documents: 12_000, correspondents: 5 });
		const all = new PollingTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
			{ events: ['documentAdded'], options: { emitExisting: true } },
		);

		const portions: number[] = [];
		const seen = new Set<unknown>();
		for (let items = await all.poll(); items.length > 0; items = await all.poll()) {
			portions.push(items.length);
			for (const { id } of items) seen.add(id);
		}

		expect(portions.length).toBeGreaterThan(1);
		expect(portions.reduce((sum, portion) => sum + portion, 0)).toBe(12_000);
		expect(seen.size).toBe(12_000);
	});

	it.each([
		['with their files', ['documentAdded'], { download: 'original' }],
		['with what changed', ['documentAdded', 'documentUpdated'], {}],
	])('reports each of many documents once %s, at any distance in time', async (_, events, more) => {
		await sandbox.reset();
		const days = Array.from({ length: 6 }, (_day, index) => `2026-02-0${index + 1}T12:00:00Z`);
		for (const stamp of days) await sandbox.seed({ documents: 50, stamp });
		const all = new PollingTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
			{ events, ...more, options: { emitExisting: true } },
		);

		const reported: unknown[] = [];
		for (let items = await all.poll(); items.length > 0; items = await all.poll()) {
			reported.push(...items.map(({ event_id: id }) => id));
		}

		const { count } = await sandbox.api<{ count: number }>('GET', 'documents/?page_size=1');
		expect(reported).toHaveLength(count);
		expect(new Set(reported).size).toBe(count);
	});

	it.each([1, 30, 301])(
		'reports at most %d documents per poll where that is chosen',
		async (most) => {
			await sandbox.reset();
			await sandbox.seed({ documents: most === 301 ? 400 : 40 });
			const all = new PollingTrigger(
				{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
				{
					events: ['documentAdded', 'documentUpdated'],
					options: { emitExisting: true, documentsPerPoll: most },
				},
			);

			const portions: number[] = [];
			for (let items = await all.poll(); items.length > 0; items = await all.poll())
				portions.push(items.length);

			const { count } = await sandbox.api<{ count: number }>('GET', 'documents/?page_size=1');
			expect(Math.max(...portions)).toBeLessThanOrEqual(most);
			expect(portions.reduce((sum, portion) => sum + portion, 0)).toBe(count);
		},
	);

	it('reports matching documents in portions even when all documents are compared', async () => {
		await sandbox.reset();
		await sandbox.seed({ documents: 500 });
		const { count } = await sandbox.api<{ count: number }>('GET', 'documents/?page_size=1');
		const matching = new PollingTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
			{
				events: ['documentMatchesFilter'],
				filters: { dates: { rows: [{ field: 'added', condition: 'gte', date: '2000-01-01' }] } },
				options: { emitExisting: true, download: 'original' },
			},
		);

		const reported: unknown[] = [];
		const portions: number[] = [];
		for (let items = await matching.poll(); items.length > 0; items = await matching.poll()) {
			portions.push(items.length);
			reported.push(...items.map(({ id }) => id));
			if (portions.length === 1) matching.passTime(61);
		}

		expect(Math.max(...portions)).toBeLessThan(count - 200);
		expect(reported).toHaveLength(count);
		expect(new Set(reported).size).toBe(count);
	});

	it('checks for a newer release at most once per day', async () => {
		const releases = new PollingTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
			{ events: ['newVersionAvailable'] },
		);
		await releases.poll();
		await sandbox.forgetRequests();

		expect(await releases.poll()).toEqual([]);
		expect(await sandbox.requests()).toEqual([]);
	});
});
