import type { IDataObject } from 'n8n-workflow';
import { fixtureItem } from '../support/fixtures.mts';
import { engineFor, refusal, results, textFile } from '../support/paperless.mts';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('the events of the polling trigger on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let number = 0;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({
			consumptionSeconds: 0,
			storageAvailable: 80e9,
			celeryStatus: 'OK',
			latestVersion: '0.0.0',
		});
	});

	const trigger = (
		events: string[],
		more: object = {},
		memory: IDataObject = {},
		token = sandbox.tokens.admin,
	) => new PollingTrigger({ baseUrl: sandbox.url, apiToken: token }, { events, ...more }, memory);
	const add = async (): Promise<number> => {
		number += 1;
		const engine = engineFor(sandbox);
		const item = await textFile(engine, `Sheet number ${number}`, `sheet-${number}.txt`);
		const [uploaded] = await results(engine, 'upload', {}, { items: [item] });
		return Number(uploaded?.id);
	};
	const change = async (id: unknown, changes: object) =>
		await sandbox.api('PATCH', `documents/${String(id)}/`, changes);
	const remove = async (id: number) => await sandbox.api('DELETE', `documents/${id}/`);
	const restore = async (id: number) =>
		await sandbox.api('POST', 'trash/', { action: 'restore', documents: [id] });
	const pairs = (items: IDataObject[]) => items.map(({ event, id }) => [event, id]);
	const all = async () =>
		(await results(engineFor(sandbox), 'getAll', { returnAll: true })).map(({ id }) => Number(id));

	describe('Document Deleted', () => {
		it('is reported each time a document is moved to the trash', async () => {
			const [document = 0, trashed = 0] = await all();
			await remove(trashed);
			const deleted = trigger(['documentDeleted']);
			expect(await deleted.poll()).toEqual([]);

			await remove(document);
			const first = await deleted.poll();
			expect(await deleted.poll()).toEqual([]);
			await restore(document);
			expect(await deleted.poll()).toEqual([]);
			await remove(document);
			const second = await deleted.poll();

			expect(pairs(first)).toEqual([['documentDeleted', document]]);
			expect(first[0]).toMatchObject({ title: expect.any(String), deleted_at: expect.any(String) });
			expect(pairs(second)).toEqual([['documentDeleted', document]]);
			expect(second[0]?.event_id).not.toBe(first[0]?.event_id);
		});

		it('is reported for a document that was added and deleted between two polls', async () => {
			const both = trigger(['documentAdded', 'documentDeleted']);
			await both.poll();

			const id = await add();
			await remove(id);

			expect(pairs(await both.poll())).toEqual([['documentDeleted', id]]);
		});

		it('is found within an hour when as many documents left the trash', async () => {
			const candidates = (await all()).toSorted((a, b) => a - b).slice(0, 3);
			const before = await sandbox.api<{ results: Array<{ id: number; created: string }> }>(
				'GET',
				'documents/?ordering=-created',
			);
			// The first row of the trash must stay the same, so that the fingerprint does not change.
			const [newest, second, oldest] = before.results
				.filter(({ id }) => candidates.includes(id))
				.map(({ id }) => id);
			await remove(newest ?? 0);
			await remove(second ?? 0);
			const deleted = trigger(['documentDeleted']);
			await deleted.poll();

			await restore(second ?? 0);
			await remove(oldest ?? 0);
			expect(await deleted.poll()).toEqual([]);
			deleted.passTime(61);

			expect(pairs(await deleted.poll())).toEqual([['documentDeleted', oldest]]);
		});

		it('applies filters that can be checked in the trash, and rejects others', async () => {
			const documents = await results(engineFor(sandbox), 'getAll', { returnAll: true });
			const withTag = documents.filter(({ tags }) => (tags as string[]).includes('invoice'));
			const deleted = trigger(['documentDeleted'], { filters: { anyTags: 'invoice' } });
			await deleted.poll();
			for (const { id } of documents) await remove(Number(id));

			expect(
				pairs(await deleted.poll())
					.map(([, id]) => id)
					.toSorted(),
			).toEqual(withTag.map(({ id }) => id).toSorted());
			const rejected = trigger(['documentDeleted'], { filters: { mimeType: 'application/pdf' } });
			await expect(rejected.poll()).rejects.toThrow('cannot be filtered by “mime_type”');
		});

		it('costs one more request when nothing was deleted', async () => {
			const [one = 0] = await all();
			await remove(one);
			const deleted = trigger(['documentDeleted', 'documentAdded']);
			await deleted.poll();
			await deleted.poll();
			await sandbox.forgetRequests();

			await deleted.poll();

			expect((await sandbox.requests()).map(({ path }) => path)).toEqual([
				'/api/documents/',
				'/api/trash/',
			]);
		});
	});

	describe('Consumption Failed', () => {
		const send = async (fixture: string) => {
			const engine = engineFor(sandbox);
			const item = await fixtureItem(engine, fixture, 'application/pdf');
			await refusal(engine, 'upload', {}, { items: [item] });
		};

		it('is reported once for each file, with its reason', async () => {
			const failed = trigger(['consumptionFailed']);
			await send('broken.pdf');
			expect(await failed.poll()).toEqual([]);
			expect(await failed.poll()).toEqual([]);

			await send('broken.pdf');
			await send('broken.pdf');
			const reported = await failed.poll();

			expect(reported).toHaveLength(2);
			expect(reported[0]).toMatchObject({
				event: 'consumptionFailed',
				file_name: 'broken.pdf',
				reason: expect.stringMatching(/\w/),
				duplicate_of: null,
			});
			expect(await failed.poll()).toEqual([]);
		});

		it('is reported within minutes when a file was acknowledged before a later one failed', async () => {
			const failed = trigger(['consumptionFailed']);
			await failed.poll();
			await send('broken.pdf');
			const reply = await sandbox.api<Array<{ id: number }> | { results: Array<{ id: number }> }>(
				'GET',
				'tasks/',
			);
			const tasks = Array.isArray(reply) ? reply : reply.results;
			await sandbox.api('POST', 'tasks/acknowledge/', { tasks: tasks.map(({ id }) => id) });
			await sandbox.settings({ secondsAhead: 120 });
			await send('broken.pdf');

			const atOnce = await failed.poll();
			failed.passTime(11);
			const reported = [...atOnce, ...(await failed.poll())];

			expect(new Set(reported.map(({ event_id: id }) => id)).size).toBe(2);
			expect(reported).toHaveLength(2);
			failed.passTime(11);
			expect(await failed.poll()).toEqual([]);
		});

		it('costs one small request when no file failed', async () => {
			const failed = trigger(['consumptionFailed']);
			await failed.poll();
			await sandbox.forgetRequests();

			await failed.poll();

			const requests = await sandbox.requests();
			expect(requests.map(({ path }) => path)).toEqual(['/api/tasks/']);
			expect(requests[0]?.bytesOut).toBeLessThan(2000);
		});

		it('names at activation the permission that the token lacks', async () => {
			const failed = trigger(['consumptionFailed'], {}, {}, sandbox.tokens.reader);

			await expect(failed.poll()).rejects.toMatchObject({
				description: expect.stringContaining('“view_paperlesstask”'),
			});
		});
	});

	describe('Task Failed', () => {
		if (profile !== '3.0.5') {
			return it('is refused at activation where the server tells too little', async () => {
				await expect(trigger(['taskFailed']).poll()).rejects.toThrow(
					'“Task Failed” needs Paperless-ngx 3.0 or later',
				);
			});
		}

		it('is reported once for each task, with its type and its reason', async () => {
			await sandbox.failTask('sanity_check', 'It was so before');
			const failed = trigger(['taskFailed']);
			expect(await failed.poll()).toEqual([]);

			await sandbox.failTask('mail_fetch', 'The mailbox is locked');
			await sandbox.failTask('newer_type', 'Nobody knows');
			const reported = await failed.poll();

			expect(reported).toEqual([
				expect.objectContaining({
					event: 'taskFailed',
					type: 'mail_fetch',
					type_name: 'Fetch Mail',
					reason: 'The mailbox is locked',
				}),
				expect.objectContaining({ type: 'newer_type', type_name: 'newer_type' }),
			]);
			expect(new Set(reported.map(({ event_id: id }) => id)).size).toBe(2);
			expect(await failed.poll()).toEqual([]);
		});

		it('is not lost among many files that could not be consumed, which are not reported', async () => {
			const both = trigger(['consumptionFailed', 'taskFailed']);
			await both.poll();
			await sandbox.failTask('bulk_update', 'One of many');
			for (let count = 0; count < 12; count += 1)
				await sandbox.failTask('consume_file', `File ${count}`);

			const reported = await both.poll();

			const ofTasks = reported.filter(({ event }) => event === 'taskFailed');
			expect(ofTasks).toMatchObject([{ type: 'bulk_update', reason: 'One of many' }]);
			expect(reported).toHaveLength(13);
			expect(await both.poll()).toEqual([]);
		});

		it('is reported after an outage and after a task was acknowledged', async () => {
			const failed = trigger(['taskFailed']);
			await failed.poll();
			await sandbox.failTask('sanity_check', 'Acknowledged');
			const { results: tasks } = await sandbox.api<{ results: Array<{ id: number }> }>(
				'GET',
				'tasks/?status=failure',
			);
			await sandbox.api('POST', 'tasks/acknowledge/', { tasks: tasks.map(({ id }) => id) });
			await sandbox.misbehave({ kind: 'status', status: 404, path: 'tasks', times: 1 });
			await expect(failed.poll()).rejects.toThrow();

			expect(await failed.poll()).toMatchObject([{ reason: 'Acknowledged' }]);
			expect(await failed.poll()).toEqual([]);
		});

		it('costs one small request when no task failed', async () => {
			const failed = trigger(['taskFailed']);
			await failed.poll();
			await sandbox.forgetRequests();

			await failed.poll();

			expect((await sandbox.requests()).map(({ path }) => path)).toEqual(['/api/tasks/']);
		});

		it('names at activation the permission that the token lacks', async () => {
			const failed = trigger(['taskFailed'], {}, {}, sandbox.tokens.reader);

			await expect(failed.poll()).rejects.toMatchObject({
				description: expect.stringContaining('“view_paperlesstask”'),
			});
		});

		it('shows an example of a failed task', async () => {
			await sandbox.failTask('sanity_check', 'For the editor');

			expect(await trigger(['taskFailed']).poll('manual')).toMatchObject([
				{ reason: 'For the editor' },
			]);
		});
	});

	describe('Document Matches Filter', () => {
		const filters = {
			filters: {
				texts: { rows: [{ field: 'title', condition: 'istartswith', text: 'Urgent' }] },
			},
		};

		it('is reported when a document starts to match and, if chosen, when it stops', async () => {
			const [entering = 0, before = 0] = await all();
			await change(before, { title: 'Urgent before' });
			const matching = trigger(['documentMatchesFilter', 'documentNoLongerMatches'], filters);
			expect(await matching.poll()).toEqual([]);

			await change(entering, { title: 'Urgent now' });
			await change(before, { title: 'Urgent as before' });
			const entered = await matching.poll();
			await change(entering, { title: 'Done' });
			await change(before, { title: 'Done as well' });
			const left = await matching.poll();
			await change(entering, { title: 'Urgent again' });
			const again = await matching.poll();

			expect(pairs(entered)).toEqual([['documentMatchesFilter', entering]]);
			expect(pairs(left)).toEqual([
				['documentNoLongerMatches', entering],
				['documentNoLongerMatches', before],
			]);
			expect(pairs(again)).toEqual([['documentMatchesFilter', entering]]);
			expect(again[0]?.event_id).not.toBe(entered[0]?.event_id);
			expect(await matching.poll()).toEqual([]);
		});

		it('is found within an hour when the document itself did not change', async () => {
			const tag = await sandbox.api<{ id: number }>('POST', 'tags/', { name: 'Passing' });
			const [one = 0] = await all();
			await change(one, { tags: [tag.id] });
			const untagged = trigger(['documentMatchesFilter'], {
				filters: { excludeTags: 'invoice', hasTags: false },
			});
			await untagged.poll();

			await sandbox.api('DELETE', `tags/${tag.id}/`);
			expect(await untagged.poll()).toEqual([]);
			untagged.passTime(61);

			expect(pairs(await untagged.poll())).toEqual([['documentMatchesFilter', one]]);
			expect(await untagged.poll()).toEqual([]);
		});

		it('needs a filter', async () => {
			await expect(trigger(['documentMatchesFilter']).poll()).rejects.toThrow(
				'no filter that a document could match',
			);
		});
	});

	describe('events of the server', () => {
		it('report a component whose status changed once, checking every five minutes', async () => {
			const status = trigger(['systemStatusChanged']);
			await status.poll();
			await sandbox.settings({ celeryStatus: 'ERROR' });
			await sandbox.forgetRequests();
			expect(await status.poll()).toEqual([]);
			expect(await sandbox.requests()).toEqual([]);

			status.passTime(6);
			const bad = await status.poll();
			status.passTime(6);
			expect(await status.poll()).toEqual([]);
			await sandbox.settings({ celeryStatus: 'OK' });
			status.passTime(6);
			const good = await status.poll();

			expect(bad).toMatchObject([{ component: 'celery', status: 'ERROR', previous_status: 'OK' }]);
			expect(good).toMatchObject([{ component: 'celery', status: 'OK', previous_status: 'ERROR' }]);
		});

		it('report a component whose status changed even if n8n’s clock once ran ahead', async () => {
			const status = trigger(['systemStatusChanged']);
			await status.poll();
			status.passTime(-60 * 24 * 365);
			await sandbox.settings({ celeryStatus: 'ERROR' });

			expect(await status.poll()).toMatchObject([{ component: 'celery', status: 'ERROR' }]);
			expect(await status.poll()).toEqual([]);
		});

		it('have the same IDs when they are repeated after a restart', async () => {
			const options = { storageThreshold: 50, options: { afterRestart: 'repeatLastBatch' } };
			const events = ['storageLow', 'systemStatusChanged'];
			const before = trigger(events, options);
			await before.poll();
			await sandbox.settings({ celeryStatus: 'ERROR', storageAvailable: 49e9 });
			before.passTime(6);
			const found = await before.poll();

			const after = trigger(events, options, before.memory);
			after.activation = 'init';

			expect(found).toHaveLength(2);
			expect(await after.poll()).toEqual(found);
		});

		it('report low storage once until enough is free again', async () => {
			const storage = trigger(['storageLow'], { storageThreshold: 50, storageUnit: 'gigabytes' });
			await storage.poll();
			const next = async (storageAvailable: number) => {
				await sandbox.settings({ storageAvailable });
				storage.passTime(3);
				return (await storage.poll()).map(({ available_bytes }) => available_bytes);
			};

			expect(await next(51e9)).toEqual([]);
			expect(await next(49e9)).toEqual([49e9]);
			expect(await next(51e9)).toEqual([]);
			expect(await next(40e9)).toEqual([]);
			expect(await next(60e9)).toEqual([]);
			expect(await next(20e9)).toEqual([20e9]);
		});

		it('report storage below a percentage of the total', async () => {
			const storage = trigger(['storageLow'], { storageThreshold: 40, storageUnit: 'percent' });
			await storage.poll();
			storage.passTime(3);

			expect(await storage.poll()).toMatchObject([{ available_percent: 32 }]);
		});

		it('report a newer release once', async () => {
			const releases = trigger(['newVersionAvailable']);
			await releases.poll();
			await sandbox.settings({ latestVersion: 'v9.1.0' });
			expect(await releases.poll()).toEqual([]);

			releases.passTime(25 * 60);
			const reported = await releases.poll();
			releases.passTime(25 * 60);

			expect(reported).toMatchObject([
				{ event_id: 'newVersionAvailable:9.1.0', new_version: '9.1.0' },
			]);
			expect(await releases.poll()).toEqual([]);
		});

		it.each(['systemStatusChanged', 'storageLow'])(
			'are rejected at activation if the token may not see them (%s)',
			async (event) => {
				const rejected = trigger([event], {}, {}, sandbox.tokens.reader);

				await expect(rejected.poll()).rejects.toMatchObject({
					description: expect.stringContaining('“Admin”'),
				});
			},
		);
	});

	it('puts the file of a document into its item', async () => {
		const added = trigger(['documentAdded'], { options: { download: 'original' } });
		await added.poll();
		await add();

		const [item] = await added.items();

		expect(item?.binary?.data).toMatchObject({ mimeType: 'text/plain' });
	});

	it('continues past a document whose file is missing on the server, and reports that', async () => {
		const added = trigger(['documentAdded'], { options: { download: 'original' } });
		await added.poll();
		const [broken, whole] = [await add(), await add()];
		const detail = { detail: 'No Document matches the given query.' };
		const path = `documents/${broken}/download`;
		await sandbox.misbehave({ kind: 'status', status: 404, body: detail, path });

		const items = await added.items();

		expect(items.map(({ json, binary }) => [json.id, json.file_missing, Boolean(binary)])).toEqual([
			[broken, `The original file of document ${broken} is missing on the server`, false],
			[whole, undefined, true],
		]);
	});

	it('reports only new documents in the inbox if set to', async () => {
		const [one = 0] = await all();
		await change(one, { tags: [] });
		const inbox = trigger(['newInboxDocument'], { options: { inboxNewOnly: true } });
		await inbox.poll();
		const tags = await sandbox.api<{ results: Array<{ id: number; is_inbox_tag: boolean }> }>(
			'GET',
			'tags/?page_size=100',
		);

		await change(one, { tags: tags.results.filter((tag) => tag.is_inbox_tag).map(({ id }) => id) });
		const fresh = await add();

		expect(pairs(await inbox.poll())).toEqual([['newInboxDocument', fresh]]);
	});

	it.each([
		['catchUp', 1],
		['startOver', 0],
	])('follows “After a Break: %s” when it is activated again', async (afterBreak, missed) => {
		const options = { options: { afterBreak } };
		const before = trigger(['documentAdded'], options);
		await before.poll();
		await add();

		const after = trigger(['documentAdded'], options, before.memory);
		expect(await after.poll()).toHaveLength(missed);
		const fresh = await add();

		expect(pairs(await after.poll())).toEqual([['documentAdded', fresh]]);
	});

	it('reports nothing twice when n8n starts a poll before the previous one has ended', async () => {
		const added = trigger(['documentAdded']);
		await added.poll();
		const fresh = await add();

		const both = await Promise.all([added.poll(), added.poll()]);

		expect(pairs(both.flat())).toEqual([['documentAdded', fresh]]);
	});

	it.each(['documentDeleted', 'consumptionFailed', 'systemStatusChanged', 'storageLow'])(
		'starts over when its state of %s is not readable',
		async (event) => {
			const before = trigger([event]);
			await before.poll();
			const memory = before.memory as { state: { watched: Record<string, unknown> } };
			memory.state.watched[event] = 'broken';

			expect(await trigger([event], {}, memory).poll()).toEqual([]);
		},
	);
});
