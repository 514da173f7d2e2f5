import type { IDataObject } from 'n8n-workflow';
import { forgetServers } from '../../nodes/api/connection';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import type { Fault } from '../support/sandbox.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { Stub } from '../support/stub.mts';
import { WebhookProcess } from '../support/webhookProcess.mts';
import { WebhookTrigger } from '../support/webhookTrigger.mts';

type Named = { name: string };
type Task = { status: string; acknowledged: boolean };

describe.each(profiles)('a test delivery of Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let n8n: WebhookProcess;
	let number = 0;
	/** The credential of the trigger that is called. */
	let received: { baseUrl: string; apiToken: string };

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		n8n = await WebhookProcess.start(() => trigger({}, {}, received));
	});
	afterAll(async () => {
		await n8n.close();
		await sandbox.close();
	});
	beforeEach(async () => {
		forgetServers();
		number += 1;
		received = { baseUrl: sandbox.url, apiToken: sandbox.tokens.admin };
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});
	afterEach(() => {
		n8n.started.length = 0;
		n8n.statuses.length = 0;
	});

	const trigger = (
		more: object = {},
		memory: IDataObject = {},
		credentials = { baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
	) =>
		new WebhookTrigger(
			credentials,
			{ event: 'documentAdded', testDelivery: true, ...more },
			{ nodeId: `node-${profile}-${number}`, webhookUrl: n8n.url, memory },
		);
	const named = async (list: string) =>
		(await sandbox.api<{ results: Named[] }>('GET', `${list}/?page_size=1000`)).results.map(
			({ name }) => name,
		);
	const documents = async () =>
		(await sandbox.api<{ count: number }>('GET', 'documents/?page_size=1')).count;
	const tasks = async () => {
		const reply = await sandbox.api<Task[] | { results: Task[] }>('GET', 'tasks/');
		return 'results' in reply ? reply.results : reply;
	};

	it('proves that n8n can be reached before the workflow becomes active, and adds nothing', async () => {
		const before = await documents();
		const tested = trigger();

		await tested.activate();

		expect(n8n.statuses).toEqual([200]);
		expect(n8n.started).toEqual([]);
		expect(await named('workflows')).toEqual([`n8n: Letters (flow/${tested.nodeId})`]);
		expect(await documents()).toBe(before);
		const [task] = await tasks();
		expect(task).toMatchObject({
			status: expect.stringMatching(/^failure$/i),
			acknowledged: true,
		});
	});

	it('that does not arrive stops the activation, says why, and leaves nothing behind', async () => {
		await sandbox.settings({ loseDeliveries: 1 });
		const tested = trigger();

		await expect(tested.activate()).rejects.toMatchObject({
			message: 'The test delivery did not arrive',
			description: expect.stringMatching(/No call reached http.*WEBHOOK_URL of n8n/),
		});

		expect(await named('workflows')).toEqual([]);
		expect(tested.memory).toEqual({});
	});

	it('that the server does not start is reported differently', async () => {
		await sandbox.settings({ queueSeconds: 60 });
		const tested = trigger();

		await expect(tested.activate()).rejects.toMatchObject({
			description: expect.stringContaining('its worker is busy or not running'),
		});

		expect(await named('workflows')).toEqual([]);
	});

	it('is accepted once, with its secret, by nodes with “Test Delivery” on', async () => {
		const tested = trigger();
		await tested.activate();
		const { headers } = n8n;

		expect((await tested.call({}, headers)).status).toBe(401);
		expect((await tested.call({}, { 'x-paperless-ngx-trigger-test': '0'.repeat(64) })).status).toBe(
			401,
		);
		expect((await trigger({ testDelivery: false }).call({}, headers)).status).toBe(401);
		expect(await named('workflows')).toHaveLength(1);
	});

	it('removes nothing with a credential that became Read Only', async () => {
		const tested = trigger();
		await sandbox.misbehave({ kind: 'status', method: 'DELETE', status: 500, times: 99 });
		await tested.activate().catch(() => undefined);
		await sandbox.behave();
		const before = await named('workflows');
		const readOnly = { baseUrl: sandbox.url, apiToken: sandbox.tokens.admin, readOnly: true };

		expect((await trigger({}, {}, readOnly).call({}, n8n.headers)).status).toBe(401);
		expect(before.length).toBeGreaterThan(0);
		expect(await named('workflows')).toEqual(before);
	});

	it('is not sent to the editor, nor when the workflow already exists', async () => {
		const tested = trigger();
		await tested.activate('manual');
		await tested.deactivate('manual');
		expect(n8n.statuses).toEqual([]);

		await tested.activate();
		await trigger({}, tested.memory).activate();
		expect(n8n.statuses).toEqual([200]);
	});

	it('starts nothing when it is forged, even if the server cannot be asked', async () => {
		const tested = trigger();
		await tested.activate();
		await sandbox.misbehave({ path: 'workflows', kind: 'status', status: 500 });

		const forged = await tested.call({}, { 'x-paperless-ngx-trigger-test': '0'.repeat(64) });

		expect(forged).toEqual({ status: 401, items: undefined });
	});

	it('costs no request when it is forged, and one at a time when it is repeated', async () => {
		const tested = trigger();
		await tested.activate();
		const [{ headers }, before] = [n8n, await sandbox.requests()];

		await tested.call({}, { 'x-paperless-ngx-trigger-test': '0'.repeat(64) });
		expect(await sandbox.requests()).toHaveLength(before.length);

		await Promise.all(Array.from({ length: 10 }, async () => await tested.call({}, headers)));
		expect(await sandbox.requests()).toHaveLength(before.length + 1);
	});

	it('needs no permission to view tasks', async () => {
		type Users = { results: Array<{ id: number; username: string }> };
		const { results: users } = await sandbox.api<Users>('GET', 'users/');
		const clerk = users.find(({ username }) => username === 'clerk');
		const verbs = ['view', 'add', 'change', 'delete'];
		await sandbox.api('PATCH', `users/${clerk?.id}/`, {
			user_permissions: [
				'view_document',
				'add_document',
				...verbs.map((verb) => `${verb}_workflow`),
			],
		});
		const credentials = { baseUrl: sandbox.url, apiToken: sandbox.tokens.clerk };
		received = credentials;
		const tested = trigger({}, {}, credentials);

		await tested.activate();

		expect(n8n.statuses).toEqual([200]);
		expect(await named('workflows')).toEqual([`n8n: Letters (flow/${tested.nodeId})`]);
	});

	it('is not reported by other triggers', async () => {
		const { url: baseUrl, tokens } = sandbox;
		const failed = new PollingTrigger(
			{ baseUrl, apiToken: tokens.admin },
			{ events: ['consumptionFailed'] },
		);
		await failed.poll();
		const started = trigger({ event: 'consumptionStarted', testDelivery: false });
		await started.activate();

		number += 1;
		await trigger().activate();

		expect(await failed.poll()).toEqual([]);
		const added = '2026-11-22T03:54:20.453496+00:00';
		const [file] = (await tasks()) as unknown as IDataObject[];
		const name = String(
			file?.['task_file_name'] ?? (file?.['input_data'] as IDataObject)?.['filename'],
		);
		expect(name).toMatch(/^n8n-test-delivery-.*\.pdf$/);
		const { status, items } = await started.call({ doc_title: `/tmp/${name}`, added });
		expect({ status, items }).toEqual({ status: 200, items: undefined });
	});

	it('names the permission that the user lacks', async () => {
		const credentials = { baseUrl: sandbox.url, apiToken: sandbox.tokens.reader };

		await expect(trigger({}, {}, credentials).activate()).rejects.toMatchObject({
			description: expect.stringContaining('view_workflow'),
		});
	});

	const faults: Array<[string, Fault]> = [
		['crashes', { kind: 'status', status: 500 }],
		['loses its reply', { kind: 'dropAfter' }],
	];

	it.each(faults)(
		'leaves nothing behind when the server %s at any request',
		async (_, fault) => {
			let requestCount = 0;
			let failing = 0;
			const door = await Stub.proxy(sandbox.url, {
				before: async () => {
					requestCount += 1;
					if (requestCount === failing) await sandbox.misbehave(fault);
				},
			});
			const activate = async (tested: WebhookTrigger) =>
				await tested.activate().then(
					() => true,
					() => false,
				);
			try {
				for (failing = 1; failing <= requestCount + 1; failing += 1) {
					number += 1;
					requestCount = 0;
					forgetServers();
					const credentials = { baseUrl: door.url, apiToken: sandbox.tokens.admin };
					const tested = trigger({}, {}, credentials);
					const succeeded = await activate(tested);
					await sandbox.behave();
					const { memory } = tested;
					const made = (await named('workflows')).length;
					if (succeeded) expect({ failing, made }).toEqual({ failing, made: 1 });
					await trigger({}, memory).deactivate();
					expect({ failing, left: await named('workflows') }).toEqual({ failing, left: [] });
				}
			} finally {
				await door.close();
			}
			expect(failing).toBeGreaterThan(8);
		},
		120_000,
	);
});
