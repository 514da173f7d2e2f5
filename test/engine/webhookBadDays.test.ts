import type { IDataObject } from 'n8n-workflow';
import { forgetServers } from '../../nodes/api/connection';
import { engineFor, results, textFile } from '../support/paperless.mts';
import type { Fault, Profile } from '../support/sandbox.mts';
import { Sandbox } from '../support/sandbox.mts';
import { Stub } from '../support/stub.mts';
import type { Reply } from '../support/webhookRunner.mts';
import { simulatedTime } from '../support/simulatedTime.mts';
import { WebhookTrigger } from '../support/webhookTrigger.mts';

type Saved = {
	id: number;
	name: string;
	triggers: object[];
	actions: Array<{ webhook: { params: object } }>;
};

const parameters = { event: 'documentAdded', filters: { anyTags: ['Inbox'] } };

describe.each(['2.15.3', '3.0.5'] as const)(
	'the webhook trigger on Paperless-ngx %s on bad days',
	(profile) => {
		let sandbox: Sandbox;
		/** The server at another address, where a single request can be made to fail. */
		let door: Stub;
		let requestCount = 0;
		let failing: { at: number; faults: Fault[] } | undefined;

		beforeAll(async () => {
			sandbox = await Sandbox.start(profile);
			door = await Stub.proxy(sandbox.url, {
				before: async () => {
					requestCount += 1;
					if (requestCount === failing?.at) await sandbox.misbehave(...failing.faults);
				},
			});
		});
		afterAll(async () => {
			await door.close();
			await sandbox.close();
		});
		beforeEach(async () => {
			forgetServers();
			await sandbox.reset();
			await sandbox.settings({ consumptionSeconds: 0 });
		});

		const trigger = (nodeId?: string, memory: IDataObject = {}, apiToken = sandbox.tokens.admin) =>
			new WebhookTrigger({ baseUrl: door.url, apiToken }, parameters, {
				memory,
				...(nodeId && { nodeId }),
			});
		const workflows = async () =>
			(await sandbox.api<{ results: Saved[] }>('GET', 'workflows/')).results;
		const names = async () => (await workflows()).map(({ name }) => name);
		const add = async (text = 'A letter on a bad day'): Promise<number> => {
			const engine = engineFor(sandbox);
			const item = await textFile(engine, text, 'letter.txt');
			const [uploaded] = await results(engine, 'upload', {}, { items: [item] });
			return Number(uploaded?.['id']);
		};
		const bodyFor = (id: number) => ({ doc_url: `${sandbox.url}/documents/${id}/` });
		/** Of another administrator. */
		const newToken = async (): Promise<string> => {
			const second = { username: 'second', password: 'secondpass1' };
			await sandbox.api('POST', 'users/', { ...second, is_superuser: true, is_staff: true });
			return (await sandbox.api<{ token: string }>('POST', 'token/', second)).token;
		};

		/** Repeats the work once per request, and each time a different request fails. */
		const withFaultAtEach = async (
			faults: Fault[],
			work: (at: number, once: (step: () => Promise<void>) => Promise<boolean>) => Promise<void>,
		) => {
			let requests = 0;
			for (let at = 1; ; at += 1) {
				let count = 0;
				await work(at, async (step) => {
					requestCount = 0;
					failing = { at, faults };
					const succeeded = await step().then(
						() => true,
						() => false,
					);
					count = requestCount;
					failing = undefined;
					await sandbox.behave();
					return succeeded;
				});
				if (count < at) return requests;
				requests = at;
			}
		};

		const faults: Array<[string, Fault[]]> = [
			['crashes', [{ kind: 'status', status: 500 }]],
			['answers with a web page', [{ kind: 'html' }]],
			[
				'does not accept the token',
				[{ kind: 'status', status: 401, body: { detail: 'Invalid token.' } }],
			],
			['loses its reply', [{ kind: 'dropAfter' }]],
			[
				'loses its reply and crashes',
				[{ kind: 'dropAfter' }, { kind: 'status', status: 500, method: 'GET', path: 'workflows' }],
			],
		];

		it.each(faults)(
			'leaves nothing behind when the server %s while it is activated',
			async (_, all) => {
				const requests = await withFaultAtEach(all, async (at, once) => {
					const fresh = trigger();
					if (!(await once(async () => await fresh.activate()))) {
						// n8n cleans up with the data that it had saved before.
						await trigger(fresh.nodeId).deactivate();
						expect({ at, left: await names() }).toEqual({ at, left: [] });
						await fresh.activate();
					}
					expect({ at, made: (await names()).length }).toEqual({ at, made: 1 });
					await fresh.deactivate();
					expect({ at, left: await names() }).toEqual({ at, left: [] });
				});

				expect(requests).toBeGreaterThanOrEqual(3);
			},
		);

		it.each(faults)(
			'creates no second workflow when the server %s while settings are applied',
			async (_, all) => {
				const requests = await withFaultAtEach(all, async (at, once) => {
					const credentials = { baseUrl: door.url, apiToken: sandbox.tokens.admin };
					const before = new WebhookTrigger(credentials, { event: 'documentUpdated' });
					await before.activate();
					const after = trigger(before.nodeId, before.memory);
					if (!(await once(async () => await after.activate()))) await after.activate();
					const made = (await workflows()).map(({ triggers }) => triggers);
					expect({ at, made }).toEqual({ at, made: [[expect.objectContaining({ type: 2 })]] });
					await after.deactivate();
					expect({ at, left: await names() }).toEqual({ at, left: [] });
				});

				expect(requests).toBeGreaterThanOrEqual(3);
			},
		);

		it.each(faults)(
			'names what may be left when the server %s while it is deactivated, and takes it over',
			async (_, all) => {
				const requests = await withFaultAtEach(all, async (at, once) => {
					const before = trigger();
					await before.activate();
					const [name] = await names();
					if (!(await once(async () => await before.deactivate()))) {
						const [left] = before.warnings;
						expect({ at, left }).toEqual({ at, left: expect.stringContaining(`“${name}”`) });
					}
					const after = trigger(before.nodeId, before.memory);
					await after.activate();
					expect({ at, names: await names() }).toEqual({ at, names: [name] });
					await after.deactivate();
					expect({ at, left: await names() }).toEqual({ at, left: [] });
				});

				expect(requests).toBeGreaterThanOrEqual(2);
			},
		);

		it.each([1, 2, 3])(
			'completes its workflow when the database is locked for %i writes after its name is saved',
			async (lockedWrites) => {
				const added = trigger();
				await sandbox.settings({ lockedWrites });
				await added.activate();

				const [made, ...others] = await workflows();
				expect(others).toEqual([]);
				expect(made).toMatchObject({ id: added.workflowId, triggers: [{}], actions: [{}] });

				const id = await add();
				const { items } = await added.call(bodyFor(id));
				expect(items?.map(({ json }) => json['event_id'])).toEqual([`documentAdded:${id}`]);
				await added.deactivate();
				expect(await names()).toEqual([]);
			},
		);

		it('leaves nothing behind when the database stays locked, and is activated later', async () => {
			const added = trigger();
			await sandbox.settings({ lockedWrites: 100 });
			await expect(added.activate()).rejects.toThrow();
			expect(await workflows()).toMatchObject([{ triggers: [], actions: [] }]);

			await trigger(added.nodeId).deactivate();
			expect(await names()).toEqual([]);

			await sandbox.settings({ lockedWrites: 0 });
			await added.activate();
			expect(await workflows()).toMatchObject([{ triggers: [{}], actions: [{}] }]);
			await added.deactivate();
		});

		it('recreates its workflow when somebody deleted it', async () => {
			const added = trigger();
			await added.activate();
			const made = added.workflowId;
			await sandbox.api('DELETE', `workflows/${made}/`);

			await added.activate();

			expect(await names()).toHaveLength(1);
			expect(added.workflowId).not.toBe(made);
		});

		it('rejects all documents when a tag of its filter was deleted, and says so', async () => {
			const { id: tag } = await sandbox.api<{ id: number }>('POST', 'tags/', { name: 'Passing' });
			const credentials = { baseUrl: door.url, apiToken: sandbox.tokens.admin };
			const filtered = { event: 'documentAdded', filters: { allTags: ['Passing'] } };
			const event = profile === '2.15.3' ? { ...filtered, filters: { anyTags: [tag] } } : filtered;
			const added = new WebhookTrigger(credentials, event);
			await added.activate();
			const id = await add();

			await sandbox.api('DELETE', `tags/${tag}/`);

			await expect(added.call(bodyFor(id))).rejects.toMatchObject({
				message: expect.stringContaining('There is no tag'),
				description: expect.stringContaining('all of them are rejected'),
			});
		});

		it('continues when a tag of its filter was renamed', async () => {
			const { id: tag } = await sandbox.api<{ id: number }>('POST', 'tags/', { name: 'Old' });
			const credentials = { baseUrl: door.url, apiToken: sandbox.tokens.admin };
			const filters = { anyTags: ['Old'] };
			const added = new WebhookTrigger(credentials, { event: 'documentAdded', filters });
			await added.activate();
			const id = await add();

			await sandbox.api('PATCH', `tags/${tag}/`, { name: 'New' });

			expect((await added.call(bodyFor(id))).items).toHaveLength(1);
		});

		it('restores filters that somebody changed, at the next delivery', async () => {
			const added = trigger();
			await added.activate();
			const id = await add();
			const [made] = await workflows();
			await sandbox.api('PUT', `workflows/${made?.id}/`, {
				...made,
				triggers: made?.triggers.map((each) => ({ ...each, filter_has_tags: [] })),
			});

			const { items } = await added.call(bodyFor(id));

			expect(items).toHaveLength(1);
			expect(added.warnings).toEqual([expect.stringContaining('were changed in Paperless-ngx')]);
			expect(await workflows()).toEqual([made]);
		});

		it('says so in one line of the log, whatever the workflow is called', async () => {
			const added = trigger();
			await added.activate();
			const id = await add();
			const [made] = await workflows();
			const name = 'x\n2024-05-01 | error | forged\u001b[2J';
			const triggers = made?.triggers.map((each) => ({ ...each, filter_has_tags: [] }));
			await sandbox.api('PUT', `workflows/${made?.id}/`, { ...made, name, triggers });

			await added.call(bodyFor(id));

			expect(added.warnings).toEqual([expect.stringContaining('| error | forged')]);
			expect(added.warnings.join(' ')).not.toMatch(/\p{Cc}/u);
		});

		it('restores its workflow after a delivery without a document, and says so', async () => {
			const added = trigger();
			await added.activate();
			const [made] = await workflows();
			const [action] = made?.actions ?? [];
			await sandbox.api('PUT', `workflows/${made?.id}/`, {
				...made,
				actions: [{ ...action, webhook: { ...action?.webhook, params: {} } }],
			});

			expect(await added.call({})).toEqual({ status: 400, items: undefined });

			expect(added.warnings).toEqual([expect.stringContaining('has been restored')]);
			expect(await workflows()).toEqual([made]);
		});

		it('says how to continue when it is called but its workflow is gone', async () => {
			const added = trigger();
			await added.activate();
			await sandbox.api('DELETE', `workflows/${added.workflowId}/`);

			await added.call({});

			expect(added.warnings).toEqual([
				expect.stringContaining('unpublish and publish this workflow'),
			]);
			expect(await names()).toEqual([]);
		});

		it.each<[string, Fault]>([
			['breaks off every connection', { kind: 'drop' }],
			['is behind a proxy that cannot reach it', { kind: 'status', status: 502 }],
		])('starts the workflow when a server that %s is back within two minutes', async (_, fault) => {
			const added = trigger();
			await added.activate();
			const ids = [await add(), await add('Another letter')];
			await sandbox.misbehave({ ...fault, times: 40 });

			const calls = await Promise.all(ids.map(async (id) => await added.call(bodyFor(id))));

			expect(calls.map(({ status }) => status)).toEqual([200, 200]);
			const events = calls.flatMap(({ items }) => items?.map(({ json }) => json['event_id']));
			expect(events).toEqual(ids.map((id) => `documentAdded:${id}`));
		});

		it('fails when its server stays away', async () => {
			const added = trigger();
			await added.activate();
			const id = await add();
			await sandbox.misbehave({ kind: 'drop', times: 10_000 });

			await expect(added.call(bodyFor(id))).rejects.toThrow('was interrupted');

			await sandbox.behave();
			const { items } = await added.call(bodyFor(id));
			expect(items).toHaveLength(1);
		});

		it.each<[string, unknown]>([
			['a form with a file, as when the document is sent along', { data: {}, files: { file: {} } }],
			['a text of ten million characters', 'documents/7/'.repeat(900_000)],
			['a URL of ten million digits', { doc_url: `/documents/${'7'.repeat(10_000_000)}x` }],
			['an id of ten million digits', { doc_id: '7'.repeat(10_000_000) }],
			['a list', [{ doc_id: '7' }]],
			['an XML document', { xml: { doc_id: ['7'] } }],
			['a body that n8n could not read', undefined],
		])('rejects %s and starts nothing', async (_, body) => {
			const added = trigger();
			await added.activate();

			expect(await added.call(body)).toEqual({ status: 400, items: undefined });
		});

		it('accepts a delivery with much more than it requested, and keeps none of that', async () => {
			const added = trigger();
			await added.activate();
			const id = await add();

			const { status, items } = await added.call({ ...bodyFor(id), more: 'x'.repeat(10_000_000) });

			expect(status).toBe(200);
			expect(items).toHaveLength(1);
			expect(JSON.stringify(items).length).toBeLessThan(2000);
			expect(JSON.stringify(added.memory).length).toBeLessThan(2000);
		});

		describe('with another credential or address than at its activation', () => {
			const admin = () => sandbox.tokens.admin;
			const headersOf = async () => {
				const [workflow] = await workflows();
				return workflow?.actions[0]?.webhook;
			};
			const other = (
				{ nodeId, memory }: WebhookTrigger,
				credentials: object,
				webhookUrl?: string,
			) =>
				new WebhookTrigger({ baseUrl: door.url, apiToken: admin(), ...credentials }, parameters, {
					nodeId,
					memory,
					...(webhookUrl && { webhookUrl }),
				});

			it('sends the secret of the new token from the next delivery on', async () => {
				const before = trigger();
				await before.activate();
				const [first, second] = [await add(), await add('A second letter')];
				const after = other(before, { apiToken: `Token ${admin()}` });
				const renewed = other(before, { apiToken: await newToken() });

				const same = await after.call(bodyFor(first));
				const next = await renewed.call(bodyFor(second));

				expect([same, next].map(({ items }) => items?.length)).toEqual([1, 1]);
				expect(after.warnings).toEqual([]);
				expect(renewed.warnings).toEqual([expect.stringContaining('has changed since')]);
				expect(await headersOf()).toMatchObject({
					headers: { 'X-Paperless-Ngx-Trigger-Secret': renewed.ownSecret },
				});
				const headers = { 'x-paperless-ngx-trigger-secret': renewed.ownSecret };
				const third = await renewed.call(bodyFor(await add('A third letter')), headers);
				expect(third.items).toHaveLength(1);
				expect(renewed.warnings).toHaveLength(1);
			});

			it('accepts for some minutes what the server had sent with the former secret', async () => {
				const before = trigger();
				await before.activate();
				const renewed = other(before, { apiToken: await newToken() });
				const ids = [await add(), await add('A second letter'), await add('A third letter')];
				const [first, second, third] = ids.map((id) => bodyFor(id));

				const burst = [await renewed.call(first), await renewed.call(second)];
				expect(burst.map(({ items }) => items?.length)).toEqual([1, 1]);

				await simulatedTime.pause(11 * 60_000);
				expect(await renewed.call(third)).toEqual({ status: 401, items: undefined });
			});

			it('makes the server call the new address of n8n', async () => {
				const before = trigger();
				await before.activate();
				const id = await add();
				const moved = other(before, {}, 'https://n8n.example/webhook');

				const { items } = await moved.call(bodyFor(id));

				expect(items).toHaveLength(1);
				expect(await headersOf()).toMatchObject({
					url: `https://n8n.example/webhook/${before.nodeId}/webhook`,
				});
				expect(moved.warnings).toEqual([expect.stringContaining('https://n8n.example')]);
			});

			it('starts nothing with documents of another server, and says so', async () => {
				const before = trigger();
				await before.activate();
				const id = await add();
				const second = await Sandbox.start(profile);
				const { url: baseUrl, tokens } = second;
				const moved = other(before, { baseUrl, apiToken: tokens.admin });

				await expect(moved.call(bodyFor(id))).rejects.toMatchObject({
					message: 'Another Paperless-ngx than that of the credential called',
					description: expect.stringContaining(door.url),
				});
				await second.close();
			});

			it('goes on with the same server at another address', async () => {
				const before = trigger();
				await before.activate();
				const id = await add();

				const moved = other(before, { baseUrl: sandbox.url });

				expect((await moved.call(bodyFor(id))).items).toHaveLength(1);
				expect(moved.memory).toMatchObject({ registration: { server: sandbox.url } });
			});
		});

		it('reports a revoked token, and the same document with a new token', async () => {
			const before = trigger();
			await before.activate();
			const id = await add();
			await sandbox.api('PATCH', `documents/${id}/`, { owner: null });
			const revoked = trigger(before.nodeId, before.memory, 'f'.repeat(40));

			await expect(revoked.call(bodyFor(id))).rejects.toMatchObject({
				message: 'Paperless-ngx does not accept the token',
				description: expect.stringContaining('Copy the token again'),
			});
			const after = trigger(before.nodeId, revoked.memory, sandbox.tokens.clerk);

			expect((await after.call(bodyFor(id))).items).toHaveLength(1);
			expect((await after.call(bodyFor(id))).items).toBeUndefined();
		});
	},
);

describe('the webhook trigger on a server that is upgraded while it is active', () => {
	/** Each test starts a separate server. */
	const timeLimit = 30_000;

	let sandbox: Sandbox;
	let n8n: Stub;
	let trigger: WebhookTrigger;
	let replies: Reply[];
	let arrived: () => void;

	beforeEach(async () => {
		forgetServers();
		replies = [];
		n8n = await Stub.start(async ({ headers, body }) => {
			const reply = await trigger.call(JSON.parse(String(body)), headers);
			replies.push(reply);
			arrived();
			return { status: reply.status ?? 500 };
		});
	});
	afterEach(async () => {
		await sandbox.close();
		await n8n.close();
	});

	/** Adds a document, and returns its ID and the outcome of the server’s call. */
	const addAndListen = async (name: string) => {
		const delivered = new Promise<void>((resolve) => {
			arrived = resolve;
		});
		const engine = engineFor(sandbox);
		const item = await textFile(engine, `The letter ${name}`, `${name}.txt`);
		const [uploaded] = await results(engine, 'upload', {}, { items: [item] });
		await delivered;
		const { status, items = [] } = replies.at(-1) ?? {};
		return { id: uploaded?.['id'], status, reported: items.map(({ json }) => json['id']) };
	};
	const begin = async (profile: Profile) => {
		sandbox = await Sandbox.start(profile);
		await sandbox.settings({ consumptionSeconds: 0, retrySeconds: [] });
		const credentials = { baseUrl: sandbox.url, apiToken: sandbox.tokens.admin };
		trigger = new WebhookTrigger(credentials, parameters, { webhookUrl: n8n.url });
		await trigger.activate();
	};

	it(
		'continues when the placeholders stay the same (from 2.20.15 to 3.0.5)',
		async () => {
			await begin('2.20.15');
			const before = await addAndListen('before');
			await sandbox.upgrade('3.0.5');

			const after = await addAndListen('after');

			expect(before).toEqual({ id: before.id, status: 200, reported: [before.id] });
			expect(after).toEqual({ id: after.id, status: 200, reported: [after.id] });
		},
		timeLimit,
	);

	it.each(['2.20.15', '3.0.5'] as const)(
		'restores its workflow at the first delivery when the placeholders change (from 2.15.3 to %s)',
		async (newer) => {
			await begin('2.15.3');
			await addAndListen('before');
			await sandbox.upgrade(newer);

			const first = await addAndListen('first');
			const second = await addAndListen('second');

			expect(first).toMatchObject({ status: 400, reported: [] });
			expect(second).toEqual({ id: second.id, status: 200, reported: [second.id] });
			expect(trigger.warnings).toEqual([expect.stringContaining('before an upgrade')]);
		},
		timeLimit,
	);
});
