import type { IDataObject } from 'n8n-workflow';
import { fixtureItem } from '../support/fixtures.mts';
import { engineFor, refusal, results, textFile } from '../support/paperless.mts';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('the polling trigger’s events on Paperless-ngx %s', (profile) => {
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
	const told = (items: IDataObject[]) => items.map(({ event, id }) => [event, id]);
	const all = async () =>
		(await results(engineFor(sandbox), 'getAll', { returnAll: true })).map(({ id }) => Number(id));

	describe('Document Deleted', () => {
		it('is reported once for each document that goes to the trash, and again when it goes there again', async () => {
			const [one = 0, other = 0] = await all();
			await remove(other);
			const deleted = trigger(['documentDeleted']);
			expect(await deleted.poll()).toEqual([]);

			await remove(one);
			const first = await deleted.poll();
			expect(await deleted.poll()).toEqual([]);
			await restore(one);
			expect(await deleted.poll()).toEqual([]);
			await remove(one);
			const second = await deleted.poll();

			expect(told(first)).toEqual([['documentDeleted', one]]);
			expect(first[0]).toMatchObject({ title: expect.any(String), deleted_at: expect.any(String) });
			expect(told(second)).toEqual([['documentDeleted', one]]);
			expect(second[0]?.event_id).not.toBe(first[0]?.event_id);
		});

		it('is reported of a document that was added and deleted between two polls', async () => {
			const both = trigger(['documentAdded', 'documentDeleted']);
			await both.poll();

			const id = await add();
			await remove(id);

			expect(told(await both.poll())).toEqual([['documentDeleted', id]]);
		});

		it('is found within the hour when as many documents left the trash', async () => {
			const [one = 0, other = 0, third = 0] = (await all()).toSorted((a, b) => a - b);
			const before = await sandbox.api<{ results: Array<{ id: number; created: string }> }>(
				'GET',
				'documents/?ordering=-created',
			);
			// The first row of the trash has to stay the same, so that a glance shows nothing.
			const [newest, second, oldest] = before.results
				.filter(({ id }) => [one, other, third].includes(id))
				.map(({ id }) => id);
			await remove(newest ?? 0);
			await remove(second ?? 0);
			const deleted = trigger(['documentDeleted']);
			await deleted.poll();

			await restore(second ?? 0);
			await remove(oldest ?? 0);
			expect(await deleted.poll()).toEqual([]);
			deleted.passTime(61);

			expect(told(await deleted.poll())).toEqual([['documentDeleted', oldest]]);
		});

		it('goes by the filters that can be told in the trash, and refuses others', async () => {
			const documents = await results(engineFor(sandbox), 'getAll', { returnAll: true });
			const withTag = documents.filter(({ tags }) => (tags as string[]).includes('invoice'));
			const deleted = trigger(['documentDeleted'], { filters: { anyTags: 'invoice' } });
			await deleted.poll();
			for (const { id } of documents) await remove(Number(id));

			expect(
				told(await deleted.poll())
					.map(([, id]) => id)
					.toSorted(),
			).toEqual(withTag.map(({ id }) => id).toSorted());
			const refused = trigger(['documentDeleted'], { filters: { mimeType: 'application/pdf' } });
			await expect(refused.poll()).rejects.toThrow('cannot be filtered by “mime_type”');
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

		it('is reported within the hour of a failure that was acknowledged before a later one', async () => {
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
			failed.passTime(61);
			const reported = [...atOnce, ...(await failed.poll())];

			expect(new Set(reported.map(({ event_id: id }) => id)).size).toBe(2);
			expect(reported).toHaveLength(2);
			failed.passTime(61);
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

		it('says at activation which permission the token lacks', async () => {
			const failed = trigger(['consumptionFailed'], {}, {}, sandbox.tokens.reader);

			await expect(failed.poll()).rejects.toMatchObject({
				description: expect.stringContaining('“view_paperlesstask”'),
			});
		});
	});

	describe('Document Matches Filter', () => {
		const filters = {
			textFilters: { rows: [{ field: 'title', condition: 'istartswith', value: 'Urgent' }] },
		};

		it('is reported when a document enters, and when it leaves where that is asked for', async () => {
			const [one = 0, other = 0] = await all();
			await change(other, { title: 'Urgent before' });
			const matching = trigger(['documentMatchesFilter', 'documentNoLongerMatches'], filters);
			expect(await matching.poll()).toEqual([]);

			await change(one, { title: 'Urgent now' });
			await change(other, { title: 'Urgent as before' });
			const entered = await matching.poll();
			await change(one, { title: 'Done' });
			await change(other, { title: 'Done as well' });
			const left = await matching.poll();
			await change(one, { title: 'Urgent again' });
			const again = await matching.poll();

			expect(told(entered)).toEqual([['documentMatchesFilter', one]]);
			expect(told(left)).toEqual([
				['documentNoLongerMatches', one],
				['documentNoLongerMatches', other],
			]);
			expect(told(again)).toEqual([['documentMatchesFilter', one]]);
			expect(again[0]?.event_id).not.toBe(entered[0]?.event_id);
			expect(await matching.poll()).toEqual([]);
		});

		it('shows within the hour when the document itself did not change', async () => {
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

			expect(told(await untagged.poll())).toEqual([['documentMatchesFilter', one]]);
			expect(await untagged.poll()).toEqual([]);
		});

		it('needs a filter', async () => {
			await expect(trigger(['documentMatchesFilter']).poll()).rejects.toThrow(
				'no filter that a document could match',
			);
		});
	});

	describe('the server’s own events', () => {
		it('report a part of the server that turned, once, asking every five minutes', async () => {
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

		it('report a part that turned although the clock of n8n was ahead once', async () => {
			const status = trigger(['systemStatusChanged']);
			await status.poll();
			status.passTime(-60 * 24 * 365);
			await sandbox.settings({ celeryStatus: 'ERROR' });

			expect(await status.poll()).toMatchObject([{ component: 'celery', status: 'ERROR' }]);
			expect(await status.poll()).toEqual([]);
		});

		it('have the same IDs when they are repeated after a restart', async () => {
			const options = { storageThreshold: 50, options: { afterRestart: 'repeatLast' } };
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

		it('report storage that becomes low once until there is enough again', async () => {
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

		it('report storage below a share of the whole', async () => {
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
			'are refused at activation to a token that may not see them (%s)',
			async (event) => {
				const refused = trigger([event], {}, {}, sandbox.tokens.reader);

				await expect(refused.poll()).rejects.toMatchObject({
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

	it('goes on past a document whose file is missing on the server, and says so', async () => {
		const added = trigger(['documentAdded'], { options: { download: 'original' } });
		await added.poll();
		const [broken, whole] = [await add(), await add()];
		const detail = { detail: 'No Document matches the given query.' };
		const path = `documents/${broken}/download`;
		await sandbox.misbehave({ kind: 'status', status: 404, body: detail, path });

		const items = await added.items();

		expect(items.map(({ json, binary }) => [json.id, json.file_missing, Boolean(binary)])).toEqual([
			[broken, true, false],
			[whole, undefined, true],
		]);
	});

	it('announces only new documents in the inbox where that is asked for', async () => {
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

		expect(told(await inbox.poll())).toEqual([['newInboxDocument', fresh]]);
	});

	it.each([
		['catchUp', 1],
		['startAfresh', 0],
	])('when it is activated again it can %s', async (afterBreak, missed) => {
		const options = { options: { afterBreak } };
		const before = trigger(['documentAdded'], options);
		await before.poll();
		await add();

		const after = trigger(['documentAdded'], options, before.memory);
		expect(await after.poll()).toHaveLength(missed);
		const fresh = await add();

		expect(told(await after.poll())).toEqual([['documentAdded', fresh]]);
	});

	it('reports nothing twice when n8n begins a poll before the one before has ended', async () => {
		const added = trigger(['documentAdded']);
		await added.poll();
		const fresh = await add();

		const both = await Promise.all([added.poll(), added.poll()]);

		expect(told(both.flat())).toEqual([['documentAdded', fresh]]);
	});

	it.each(['documentDeleted', 'consumptionFailed', 'systemStatusChanged', 'storageLow'])(
		'begins anew when what it remembered of %s is not readable',
		async (event) => {
			const before = trigger([event]);
			await before.poll();
			const memory = before.memory as { state: { watched: Record<string, unknown> } };
			memory.state.watched[event] = 'broken';

			expect(await trigger([event], {}, memory).poll()).toEqual([]);
		},
	);
});
