import type { IDataObject } from 'n8n-workflow';
import { forgetServers } from '../../nodes/api/connection';
import { byId, byName, engineFor, refusal, results, textFile } from '../support/paperless.mts';
import { fixtureItem } from '../support/fixtures.mts';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import type { Fault } from '../support/sandbox.mts';
import { Sandbox } from '../support/sandbox.mts';
import { simulatedTime } from '../support/simulatedTime.mts';

describe('the polling trigger on bad days', () => {
	let sandbox: Sandbox;
	let number = 0;

	beforeAll(async () => {
		sandbox = await Sandbox.start('3.0.5');
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		forgetServers();
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	const trigger = (
		events: string[],
		more: object = {},
		memory: IDataObject = {},
		apiToken = sandbox.tokens.admin,
		nodeId?: string,
	) => new PollingTrigger({ baseUrl: sandbox.url, apiToken }, { events, ...more }, memory, nodeId);
	const add = async (): Promise<unknown> => {
		number += 1;
		const engine = engineFor(sandbox);
		const item = await textFile(engine, `Bad day ${number}`, `bad-day-${number}.txt`);
		const [uploaded] = await results(engine, 'upload', {}, { items: [item] });
		return uploaded?.id;
	};
	const change = async (id: unknown, changes: object) =>
		await sandbox.api('PATCH', `documents/${String(id)}/`, changes);
	const pairs = (items: IDataObject[]) => items.map(({ event, id }) => [event, id]);

	it('names the route that a server or a proxy lacks', async () => {
		await sandbox.misbehave({ kind: 'status', path: '/api/trash/', status: 404, times: 9 });

		const told = await trigger(['documentDeleted'])
			.poll()
			.catch((thrown: unknown) => thrown);
		await sandbox.behave();

		expect(told).toMatchObject({ description: expect.stringContaining('/api/trash/') });
	});

	describe('whose server was restored from a backup, so that ids are used again', () => {
		const inbox = { name: 'Just in', is_inbox_tag: true };
		const watchAndRestore = async (minutes: number, ...events: string[]) => {
			const watching = trigger(events, { filters: { texts: startingWithBad } });
			await watching.poll();
			await sandbox.api('POST', 'tags/', inbox);
			const before = await add();
			expect(pairs(await watching.poll())).toEqual(events.map((event) => [event, before]));
			await simulatedTime.pause(minutes * 60_000);
			expect(await watching.poll()).toEqual([]);
			await sandbox.reset();
			await sandbox.settings({ consumptionSeconds: 0 });
			await sandbox.api('POST', 'tags/', inbox);
			return { watching, before };
		};
		const startingWithBad = {
			rows: [{ field: 'title', condition: 'istartswith', text: 'bad-day' }],
		};

		it.each([1, 20])(
			'reports a new document that comes %i minutes after its namesake',
			async (minutes) => {
				const all = ['documentAdded', 'newInboxDocument', 'documentMatchesFilter'];
				const { watching, before } = await watchAndRestore(minutes, ...all);

				const after = await add();

				expect(after).toBe(before);
				expect(pairs(await watching.poll())).toEqual(all.map((event) => [event, after]));
				await change(after, { title: 'bad-day renamed' });
				expect(await watching.poll()).toEqual([]);
			},
		);
	});

	it('goes on while n8n has released what evaluates the expressions of a long poll', async () => {
		const watching = trigger(['documentAdded']);
		await watching.poll();
		const id = await add();
		watching.isLong = true;

		expect(pairs(await watching.poll())).toEqual([['documentAdded', id]]);
	});

	describe('with a server that accepts requests and says nothing', () => {
		const hold = async () => await sandbox.misbehave({ kind: 'hold', path: 'documents' });
		const minutes = async (count: number) => await simulatedTime.pause(count * 60_000);
		const tooSlow = { message: 'Paperless-ngx did not answer in time' };
		afterEach(async () => await sandbox.release());

		it('gives up the first poll after a restart before n8n gives up the trigger, and goes on', async () => {
			const before = trigger(['documentAdded']);
			await before.poll();
			const missed = await add();
			const after = trigger(['documentAdded'], {}, before.memory);
			after.activation = 'init';

			await hold();
			const [first] = await Promise.all([after.poll(), minutes(1)]);
			const second = after.poll();
			await Promise.all([expect(second).rejects.toMatchObject(tooSlow), minutes(6)]);
			const third = after.poll();
			await minutes(6);

			expect(first).toEqual([]);
			expect(await third).toEqual([]);
			await sandbox.release();
			expect(pairs(await after.poll())).toEqual([['documentAdded', missed]]);
		});

		it('gives up the first poll after a restart also where the state is lost', async () => {
			const after = trigger(['documentAdded']);
			after.activation = 'init';

			await hold();
			const [first] = await Promise.all([after.poll(), minutes(1)]);
			await sandbox.release();

			expect(first).toEqual([]);
			expect(await after.poll()).toEqual([]);
			const id = await add();
			expect(pairs(await after.poll())).toEqual([['documentAdded', id]]);
		});

		it('says so at the activation', async () => {
			await hold();
			const polling = trigger(['documentAdded']).poll();

			await Promise.all([expect(polling).rejects.toMatchObject(tooSlow), minutes(1)]);
		});
	});

	describe('when n8n starts polls of one node side by side', () => {
		const pollAll = async (polls: PollingTrigger[]) =>
			(await Promise.all(polls.map(async (poll) => await poll.poll()))).flat();

		it('reports an event once', async () => {
			const watching = trigger(['documentAdded']);
			await watching.poll();
			const id = await add();

			const found = await pollAll([watching, watching, watching]);

			expect(pairs(found)).toEqual([['documentAdded', id]]);
		});

		it('reports an event once although every poll has its own copy of the state', async () => {
			const before = trigger(['documentAdded']);
			await before.poll();
			const id = await add();
			// Only with durable cursors polls have copies, and an n8n that has those has budgets.
			const copies = [1, 2, 3].map(() => {
				const copy = trigger(['documentAdded'], {}, before.memory, undefined, before.nodeId);
				copy.budget = 240_000;
				return copy;
			});

			const found = await pollAll(before.hasBudgets ? copies : [before]);

			expect(pairs(found)).toEqual([['documentAdded', id]]);
		});
	});

	describe('with a saved view that is deleted while it is active', () => {
		const saveView = async () =>
			await sandbox.api<{ id: number }>('POST', 'saved_views/', {
				name: 'Urgent',
				show_on_dashboard: false,
				show_in_sidebar: false,
				filter_rules: [{ rule_type: 0, value: 'Urgent' }],
			});

		it.each(['documentUpdated', 'documentMatchesFilter'])(
			'reports that once, and misses nothing when a view with this name exists again (%s)',
			async (event) => {
				const { id: view } = await saveView();
				const id = await add();
				const watching = trigger([event], { filters: { savedView: byName('Urgent') } });
				await watching.poll();

				await sandbox.api('DELETE', `saved_views/${view}/`);
				await change(id, { title: 'Urgent letter' });
				await expect(watching.poll()).rejects.toMatchObject({
					message: expect.stringContaining('There is no saved view “Urgent”'),
					description: expect.stringContaining('Fix it in Paperless-ngx and no event is missed'),
				});
				expect(await watching.poll()).toEqual([]);
				await saveView();

				expect(pairs(await watching.poll())).toEqual([[event, id]]);
				expect(await watching.poll()).toEqual([]);
			},
		);

		it('names the ID by which the view was chosen, and starts over with another view', async () => {
			const { id: view } = await saveView();
			const watching = trigger(['documentUpdated'], { filters: { savedView: byId(view) } });
			await watching.poll();
			const id = await add();
			await sandbox.api('DELETE', `saved_views/${view}/`);
			await change(id, { title: 'Urgent letter' });

			await expect(watching.poll()).rejects.toThrow(`There is no saved view with the ID ${view}`);
			const another = { filters: { savedView: byId((await saveView()).id) } };
			const next = trigger(['documentUpdated'], another, watching.memory);

			expect(await next.poll()).toEqual([]);
			await change(id, { title: 'Urgent letter again' });
			expect(pairs(await next.poll())).toEqual([['documentUpdated', id]]);
		});
	});

	it('reports a revoked token, and misses nothing when it gets a new one', async () => {
		const before = trigger(['documentAdded'], {}, {}, sandbox.tokens.clerk);
		await before.poll();
		const reply = await fetch(`${sandbox.url}/api/profile/generate_auth_token/`, {
			method: 'POST',
			headers: { Authorization: `Token ${sandbox.tokens.clerk}` },
		});
		const fresh = (await reply.json()) as string;
		const missed = [await add(), await add()];
		for (const id of missed) await change(id, { owner: null });

		await expect(before.poll()).rejects.toMatchObject({
			message: 'Paperless-ngx does not accept the token',
			description: expect.stringContaining('Copy the token again'),
		});
		expect(await before.poll()).toEqual([]);
		const after = trigger(['documentAdded'], {}, before.memory, fresh);

		expect(pairs(await after.poll())).toEqual(missed.map((id) => ['documentAdded', id]));
		expect(await after.poll()).toEqual([]);
	});

	it.each<[string, Fault]>([
		['a web page', { kind: 'html' }],
		['its login page', { kind: 'loginRedirect' }],
	])('reports that the server answers with %s, and catches up', async (_, fault) => {
		const added = trigger(['documentAdded']);
		await added.poll();
		const missed = await add();
		await sandbox.misbehave({ ...fault, path: 'documents', times: 1 });

		await expect(added.poll()).rejects.toMatchObject({
			description: expect.stringContaining('Base URL'),
		});

		expect(pairs(await added.poll())).toEqual([['documentAdded', missed]]);
	});

	describe('that waits for failed tasks', () => {
		const reasons = (items: IDataObject[]) => items.map(({ reason }) => reason);
		const watch = async (memory: IDataObject = {}) => {
			const watching = trigger(['taskFailed'], {}, memory);
			await watching.poll();
			return watching;
		};

		it.each<[string, Fault]>([
			['a web page', { kind: 'html' }],
			['its login page', { kind: 'loginRedirect' }],
			['nothing', { kind: 'drop' }],
			['half a reply', { kind: 'truncate' }],
		])('catches up after the server has answered with %s', async (_, fault) => {
			const watching = await watch();
			await sandbox.failTask('mail_fetch', 'The mailbox is locked');
			await sandbox.misbehave({ ...fault, path: 'tasks', times: 9 });

			await expect(watching.poll()).rejects.toThrow();
			await sandbox.behave();

			expect(reasons(await watching.poll())).toEqual(['The mailbox is locked']);
			expect(await watching.poll()).toEqual([]);
		});

		it('reports what failed while n8n was not running', async () => {
			const before = await watch();
			await sandbox.failTask('sanity_check', 'A file is gone');
			await sandbox.failTask('bulk_update', 'The index is locked');
			const after = trigger(['taskFailed'], {}, before.memory);
			after.activation = 'init';

			expect(reasons(await after.poll()).sort()).toEqual(['A file is gone', 'The index is locked']);
			expect(await after.poll()).toEqual([]);
		});

		it('goes on after the server has lost its list of tasks', async () => {
			await sandbox.failTask('sanity_check', 'Long ago');
			const watching = await watch();
			await sandbox.loseTasks();
			expect(await watching.poll()).toEqual([]);

			await sandbox.failTask('mail_fetch', 'The mailbox is locked');

			expect(reasons(await watching.poll())).toEqual(['The mailbox is locked']);
			expect(await watching.poll()).toEqual([]);
		});

		it('reports a task once in polls side by side', async () => {
			const watching = await watch();
			await sandbox.failTask('mail_fetch', 'The mailbox is locked');

			const polls = await Promise.all([watching.poll(), watching.poll(), watching.poll()]);

			expect(reasons(polls.flat())).toEqual(['The mailbox is locked']);
		});
	});
});

describe('the polling trigger on a server that is upgraded while it is active', () => {
	/** Each test starts a separate server. */
	const timeLimit = 30_000;

	let sandbox: Sandbox;

	beforeEach(() => forgetServers());
	afterEach(async () => await sandbox.close());

	const engine = () => engineFor(sandbox);
	const add = async (name: string): Promise<unknown> => {
		const item = await textFile(engine(), `The letter ${name}`, `${name}.txt`);
		const [uploaded] = await results(engine(), 'upload', {}, { items: [item] });
		return uploaded?.id;
	};
	const sendBroken = async () => {
		const item = await fixtureItem(engine(), 'broken.pdf', 'application/pdf');
		await refusal(engine(), 'upload', {}, { items: [item] });
	};
	const change = async (id: unknown) =>
		await sandbox.api('PATCH', `documents/${String(id)}/`, { title: `Changed ${String(id)}` });
	const events = [
		'consumptionFailed',
		'documentAdded',
		'documentDeleted',
		'documentMatchesFilter',
		'documentUpdated',
		'newInboxDocument',
	];

	it.each([
		['2.15.3', '3.0.5'],
		['2.20.15', '3.0.5'],
	] as const)(
		'resumes where it stopped (from %s to %s)',
		async (older, newer) => {
			sandbox = await Sandbox.start(older);
			await sandbox.settings({ consumptionSeconds: 0 });
			const watching = new PollingTrigger(
				{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
				{ events, filters: { anyTags: 'inbox' } },
			);
			const [early, late, gone] = [await add('early'), await add('late'), await add('gone')];
			await sendBroken();
			await watching.poll();
			await change(early);
			const before = await add('before');

			await sandbox.upgrade(newer);
			await change(late);
			const after = await add('after');
			await sandbox.api('DELETE', `documents/${String(gone)}/`);
			await sendBroken();
			const items = await watching.poll();

			const expected = [
				['consumptionFailed', undefined],
				['documentDeleted', gone],
				['documentUpdated', early],
				['documentUpdated', late],
				...[before, after].flatMap((id) => [
					['documentAdded', id],
					['documentMatchesFilter', id],
					['newInboxDocument', id],
				]),
			];
			expect(items.map(({ event, id }) => String([event, id])).sort()).toEqual(
				expected.map(String).sort(),
			);
			watching.passTime(61);
			expect(await watching.poll()).toEqual([]);
		},
		timeLimit,
	);
});
