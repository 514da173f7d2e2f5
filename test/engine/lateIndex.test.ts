import type { IDataObject } from 'n8n-workflow';
import { byId, engineFor, results, textFile } from '../support/paperless.mts';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

/** The search index lags behind the list of documents when the server has much to do. */
describe.each(profiles)('the polling trigger with a full-text view on %s', (profile) => {
	let sandbox: Sandbox;
	let view: unknown;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
		({ id: view } = await sandbox.api('POST', 'saved_views/', {
			name: 'Water',
			show_on_dashboard: false,
			show_in_sidebar: false,
			sort_field: 'created',
			sort_reverse: true,
			filter_rules: [{ rule_type: 20, value: 'waterworks' }],
		}));
	});

	const watching = async (...events: string[]): Promise<PollingTrigger> => {
		const trigger = new PollingTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
			{ events, filters: { savedView: byId(view) } },
		);
		await trigger.poll();
		return trigger;
	};
	const add = async (text: string): Promise<number> => {
		const engine = engineFor(sandbox);
		const item = await textFile(engine, text, 'letter.txt');
		const [uploaded] = await results(engine, 'upload', {}, { items: [item] });
		return Number(uploaded?.['id']);
	};
	const change = async (id: number, changes: object) =>
		await sandbox.api('PATCH', `documents/${id}/`, changes);
	const eventsIn = (items: IDataObject[]) => items.map(({ event, id }) => `${event} ${id}`);

	it('reports what the index finds only at a later poll, once', async () => {
		const trigger = await watching('documentAdded', 'documentUpdated', 'newInboxDocument');
		const [older] = await results(engineFor(sandbox), 'getAll', { limit: 1 });
		const old = Number(older?.['id']);
		await sandbox.holdIndex();
		const fresh = await add('The waterworks write');
		await change(old, { title: 'To the waterworks' });

		const early = [...(await trigger.poll()), ...(await trigger.poll())];
		await sandbox.holdIndex(false);
		const late = await trigger.poll();

		expect(eventsIn(early)).toEqual([]);
		expect(eventsIn(late).sort()).toEqual([
			`documentAdded ${fresh}`,
			`documentUpdated ${old}`,
			`newInboxDocument ${fresh}`,
		]);
		expect(late.find(({ event }) => event === 'documentUpdated')).toMatchObject({
			changed_by: ['admin'],
			changes: { title: { from: older?.['title'], to: 'To the waterworks' } },
		});
		expect(await trigger.poll()).toEqual([]);
	});

	it('reports a new document as added once when it changes before the index knows it', async () => {
		const trigger = await watching('documentAdded', 'documentUpdated');
		await sandbox.holdIndex();
		const fresh = await add('The waterworks write');
		expect(await trigger.poll()).toEqual([]);
		await change(fresh, { title: 'Changed' });
		expect(await trigger.poll()).toEqual([]);
		await sandbox.holdIndex(false);

		expect(eventsIn(await trigger.poll())).toEqual([`documentAdded ${fresh}`]);
		await change(fresh, { title: 'Changed again' });
		expect(eventsIn(await trigger.poll())).toEqual([`documentUpdated ${fresh}`]);
	});

	it('reports documents that start and stop to match as soon as the index knows', async () => {
		const trigger = await watching('documentMatchesFilter', 'documentNoLongerMatches');
		const entering = await add('A letter about gas');
		const leaving = await add('Once more by the waterworks');
		expect(eventsIn(await trigger.poll())).toEqual([`documentMatchesFilter ${leaving}`]);
		await sandbox.holdIndex();
		await change(entering, { content: 'Now by the waterworks' });
		await change(leaving, { content: 'Now about gas' });

		const early = await trigger.poll();
		await sandbox.holdIndex(false);
		const late = await trigger.poll();

		expect(eventsIn(early)).toEqual([]);
		expect(eventsIn(late)).toEqual([
			`documentMatchesFilter ${entering}`,
			`documentNoLongerMatches ${leaving}`,
		]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('asks again for some minutes only, and then makes one request per poll', async () => {
		const trigger = await watching('documentAdded', 'documentUpdated');
		await add('A letter about gas');
		const requestsOfPoll = async () => {
			await sandbox.forgetRequests();
			expect(await trigger.poll()).toEqual([]);
			return (await sandbox.requests()).length;
		};
		await trigger.poll();

		expect(await requestsOfPoll()).toBeGreaterThan(1);
		trigger.passTime(11);
		await trigger.poll();
		trigger.passTime(11);
		expect(await requestsOfPoll()).toBe(1);
	});
});
