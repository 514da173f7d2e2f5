import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../nodes/toolkit/clock';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { Sandbox } from '../support/sandbox.mts';

const many = 5000;

describe('the polling trigger in an archive where 5,000 documents just got one stamp', () => {
	let sandbox: Sandbox;
	let edited: number[];

	beforeAll(async () => {
		sandbox = await Sandbox.start('3.0.5', 'empty');
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset('empty');
		await sandbox.settings({ bulkUpdateTies: true });
		await sandbox.seed({ documents: many, tags: 1, stamp: '2026-01-05T12:00:00Z' });
		await sandbox.seed({ documents: 10, stamp: '2026-01-06T12:00:00Z' });
		edited = Array.from({ length: many }, (_, index) => index + 1);
	});

	const trigger = (parameters: object = {}, memory: IDataObject = {}) =>
		new PollingTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
			{ events: ['documentAdded', 'documentUpdated'], changes: { include: false }, ...parameters },
			memory,
		);
	const editAll = async (documents = edited) =>
		await sandbox.api('POST', 'documents/bulk_edit/', {
			documents,
			method: 'modify_tags',
			parameters: { add_tags: [1], remove_tags: [] },
		});
	const change = async (id: number, title: string) =>
		await sandbox.api('PATCH', `documents/${id}/`, { title });

	/** What a poll reports, and what it costs. */
	async function poll(watching: PollingTrigger) {
		await sandbox.forgetRequests();
		const items = await watching.poll();
		const lists = (await sandbox.requests()).filter(({ path }) => path === '/api/documents/');
		return {
			ids: items.map(({ id }) => Number(id)),
			requests: lists.length,
			rows: lists.reduce((sum, { rows }) => sum + rows, 0),
		};
	}

	it('is activated with a few requests for a few rows', async () => {
		await editAll();

		const { requests, rows } = await poll(trigger());

		expect(requests).toBeLessThanOrEqual(7);
		expect(rows).toBeLessThanOrEqual(1100);
	});

	it('reports none of them after its activation, and each later change once', async () => {
		await editAll();
		const watching = trigger();
		await watching.poll();

		const quiet = await poll(watching);
		await change(17, 'Changed');
		await change(many + 1, 'Changed, too');
		const reported = await poll(watching);

		expect(quiet).toMatchObject({ ids: [], rows: 1 });
		expect(reported.ids).toEqual([17, many + 1]);
		expect((await poll(watching)).ids).toEqual([]);
	});

	it('reports each of them once when they change while it is active', async () => {
		const watching = trigger();
		await watching.poll();
		await editAll();

		const reported = await poll(watching);
		const quiet = await poll(watching);

		expect(reported.ids).toEqual(edited);
		expect(reported.rows).toBeLessThanOrEqual(2 * many + 1100);
		expect(quiet).toMatchObject({ ids: [] });
		expect(quiet.requests).toBeLessThanOrEqual(3);
		expect(quiet.rows).toBeLessThanOrEqual(2);
	});

	it('reports each of them once in portions, although some change again meanwhile', async () => {
		const watching = trigger({ options: { documentsPerPoll: 1800 } });
		await watching.poll();
		await editAll();

		const first = await poll(watching);
		await change(2, 'Reported before');
		await change(many, 'Not yet reported');
		const rest = [await poll(watching), await poll(watching), await poll(watching)];

		expect(first.ids).toEqual(edited.slice(0, 1800));
		expect(rest.flatMap(({ ids }) => ids)).toEqual([...edited.slice(1800, -1), 2, many]);
	});

	it('reports what becomes visible late before, among and behind them', async () => {
		const watching = trigger();
		await watching.poll();
		await clock.pause(60_000);
		const early = new Date(clock.now()).toISOString();
		await clock.pause(60_000);
		await editAll();
		const { results: rows } = await sandbox.api<{ results: Array<{ modified: string }> }>(
			'GET',
			'documents/?fields=modified&page_size=1&id=1',
		);
		expect((await poll(watching)).ids).toHaveLength(many);

		await sandbox.seed({ documents: 1, stamp: early });
		await sandbox.seed({ documents: 1, stamp: String(rows[0]?.modified) });
		await sandbox.seed({ documents: 1, stamp: 'now' });

		expect((await poll(watching)).ids).toEqual([many + 11, many + 12, many + 13]);
		expect((await poll(watching)).ids).toEqual([]);
	});

	it('forgets them when nothing can appear among them any more', async () => {
		await editAll();
		const watching = trigger();
		await watching.poll();

		await clock.pause(16 * 60_000);
		await watching.poll();

		expect(await poll(watching)).toEqual({ ids: [], requests: 1, rows: 0 });
		expect(JSON.stringify(watching.memory).length).toBeLessThan(1000);
	});

	it('reads the latest 5,000 changes of a bulk edit that gives each its own stamp', async () => {
		await sandbox.settings({ bulkUpdateTies: false });
		await sandbox.seed({ documents: 3000, stamp: '2026-01-07T12:00:00Z' });
		for (const first of [0, 2500, 5000]) {
			await clock.pause(120_000);
			await editAll(Array.from({ length: 2500 }, (_, index) => first + index + 1));
		}
		const watching = trigger();

		const activated = await poll(watching);
		await change(1, 'Changed long ago');

		expect(activated.rows).toBeLessThanOrEqual(5100);
		expect((await poll(watching)).ids).toEqual([1]);
	});
});
