import { forgetServers } from '../../nodes/api/connection';
import { engineFor, results, textFile } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { simulatedTime } from '../support/simulatedTime.mts';
import { WebhookTrigger } from '../support/webhookTrigger.mts';

type Webhook = { url: string; params: object; headers: object };
type Saved = {
	id: number;
	name: string;
	enabled: boolean;
	triggers: Array<Record<string, unknown>>;
	actions: Array<{ id: number; webhook: Webhook & { id: number } }>;
};

describe.each(profiles)('the webhook trigger on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		forgetServers();
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	const trigger = (
		event: string,
		more: object = {},
		memory: ConstructorParameters<typeof WebhookTrigger>[2] = {},
		credential: object = {},
	) =>
		new WebhookTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin, ...credential },
			{ event, ...more },
			memory,
		);
	const workflows = async () =>
		(await sandbox.api<{ results: Saved[] }>('GET', 'workflows/')).results;
	const only = async () => {
		const [workflow, ...others] = await workflows();
		expect(others).toEqual([]);
		if (!workflow) throw new Error('There is no workflow');
		return workflow;
	};
	const add = async (text = 'A letter from the water works'): Promise<number> => {
		const engine = engineFor(sandbox);
		const item = await textFile(engine, text, 'water.txt');
		const [uploaded] = await results(engine, 'upload', {}, { items: [item] });
		return Number(uploaded?.['id']);
	};
	const bodyFor = (id: number) => ({
		doc_url: `https://paperless.test/documents/${id}/`,
		...(profile === '3.0.5' && { doc_id: String(id) }),
	});

	describe('when it is activated', () => {
		it('creates a workflow that calls it, in the terms of the server’s version', async () => {
			const added = trigger('documentAdded', { filters: { anyTags: ['Inbox'] } });
			await added.activate();

			const { name, enabled, triggers, actions } = await only();
			const [inbox] = (
				await sandbox.api<{ results: Array<{ id: number }> }>('GET', 'tags/?name__iexact=inbox')
			).results;
			const written = (field: string) => (profile === '2.15.3' ? `{${field}}` : `{{${field}}}`);
			expect(name).toBe(`n8n: Letters (flow/${added.nodeId})`);
			expect(enabled).toBe(true);
			expect(triggers).toEqual([
				expect.objectContaining({ type: 2, filter_has_tags: [inbox?.id], filter_filename: null }),
			]);
			expect(actions.map(({ webhook }) => webhook)).toEqual([
				expect.objectContaining({
					url: `http://127.0.0.1:5678/webhook/${added.nodeId}/webhook`,
					use_params: true,
					as_json: true,
					params: {
						doc_url: written('doc_url'),
						...(profile === '3.0.5' && { doc_id: written('doc_id') }),
					},
					headers: { 'X-Paperless-Ngx-Trigger-Secret': added.secret },
				}),
			]);
			expect(added.secret).toMatch(/^[0-9a-f]{64}$/);
		});

		it('creates no second workflow when it is activated again', async () => {
			const added = trigger('documentAdded');
			await added.activate();
			const { secret } = added;

			await added.activate();

			expect((await only()).id).toBe(added.workflowId);
			expect(added.secret).toBe(secret);
		});

		it('finds its workflow after it lost its registration, which needs no new secret', async () => {
			const before = trigger('documentAdded');
			await before.activate();
			const { id } = await only();

			const after = trigger('documentAdded', {}, { nodeId: before.nodeId });
			await after.activate();

			const { id: found, actions } = await only();
			expect(found).toBe(id);
			expect(after.secret).toBe(before.secret);
			expect(actions[0]?.webhook.headers).toEqual({
				'X-Paperless-Ngx-Trigger-Secret': after.secret,
			});
		});

		it('repairs a workflow that was changed in Paperless-ngx, and keeps its parts', async () => {
			const added = trigger('documentAdded', { filters: { fileName: '*.txt' } });
			await added.activate();
			const made = await only();
			const [action] = made.actions;
			await sandbox.api('PUT', `workflows/${made.id}/`, {
				name: 'Renamed',
				enabled: false,
				triggers: [{ ...made.triggers[0], type: 3, filter_filename: '*.pdf' }],
				actions: [{ ...action, webhook: { ...action?.webhook, params: {} } }],
			});

			await added.activate();

			expect(await only()).toEqual(made);
		});

		it('applies changed settings', async () => {
			const before = trigger('documentAdded', { filters: { fileName: '*.txt' } });
			await before.activate();
			const { nodeId, memory } = before;

			const after = trigger('documentUpdated', {}, { nodeId, memory });
			await after.activate();

			expect((await only()).triggers).toEqual([
				expect.objectContaining({ type: 3, filter_filename: null }),
			]);
		});

		it('does not touch foreign workflows', async () => {
			const foreign = await sandbox.api<Saved>('POST', 'workflows/', {
				name: 'Foreign',
				triggers: [{ type: 2 }],
				actions: [{ type: 4, webhook: { url: 'https://elsewhere.test/', headers: [] } }],
			});

			const added = trigger('documentAdded');
			await added.activate();
			await added.deactivate();

			expect(await workflows()).toEqual([foreign]);
		});

		it('is rejected when a workflow with its name calls something else', async () => {
			const added = trigger('documentAdded');
			await sandbox.api('POST', 'workflows/', {
				name: `n8n: Letters (flow/${added.nodeId})`,
				triggers: [{ type: 2 }],
				actions: [{ type: 4, webhook: { url: 'https://elsewhere.test/' } }],
			});

			await expect(added.activate()).rejects.toMatchObject({
				message: expect.stringContaining('that calls something else'),
				description: expect.stringContaining('Rename or delete the workflow'),
			});
			expect(await workflows()).toHaveLength(1);
		});

		it('names the permissions that a user lacks', async () => {
			const apiToken = sandbox.tokens.reader;
			const added = trigger('documentAdded', {}, {}, { apiToken });

			await expect(added.activate()).rejects.toMatchObject({
				message: 'The token’s user may not manage workflows',
				description: expect.stringMatching(/view.*add.*change.*delete/),
			});
		});

		it('writes nothing with credentials that are set to Read Only', async () => {
			const added = trigger('documentAdded', {}, {}, { readOnly: true });

			await expect(added.activate()).rejects.toMatchObject({
				message: expect.stringContaining('Read Only'),
			});
			expect(await workflows()).toEqual([]);
		});

		it('deletes nothing with credentials that became Read Only, and says what may be left', async () => {
			const before = trigger('documentAdded');
			await before.activate();
			const { nodeId, memory } = before;
			const readOnly = trigger('documentAdded', {}, { nodeId, memory }, { readOnly: 'yes' });

			await readOnly.deactivate();

			expect((await only()).id).toBe(before.workflowId);
			expect(readOnly.warnings).toEqual([
				expect.stringContaining(`“n8n: Letters (flow/${nodeId})” may still be in Paperless-ngx`),
			]);
		});

		it('deletes nothing with Read Only after an activation that was refused', async () => {
			const others = trigger('documentAdded');
			await others.activate();
			const { nodeId } = others;
			const refused = trigger('documentAdded', {}, { nodeId }, { readOnly: true });

			await expect(refused.activate()).rejects.toThrow('Read Only');
			await refused.deactivate();

			expect((await only()).id).toBe(others.workflowId);
			expect(refused.warnings).toEqual([]);
		});

		it('shows nobody its secret, although the refusal repeats the workflow', async () => {
			const added = trigger('documentAdded');
			const detail = `Cannot store {"url": "http://n8n.test", "headers": "${added.ownSecret}"}`;
			const refusal = { kind: 'status', status: 400, body: { detail } } as const;
			await sandbox.misbehave({ ...refusal, method: 'POST', path: '/workflows/', times: 1 });

			const told = await added.activate().then(String, (thrown: unknown) => thrown);

			expect(told).toMatchObject({ message: expect.stringContaining('Cannot store') });
			expect(JSON.stringify(told, Object.getOwnPropertyNames(told))).not.toContain(added.ownSecret);
		});

		it('ends before n8n gives up the activation of a server that says nothing', async () => {
			await sandbox.misbehave({ kind: 'hold', path: 'workflows' });
			const added = trigger('documentAdded');

			const activation = expect(added.activate()).rejects.toThrow('did not answer in time');
			await Promise.all([activation, simulatedTime.pause(60_000)]);
			await sandbox.release();
		});

		it('keeps a workflow that was created although the reply was lost', async () => {
			await sandbox.misbehave({
				method: 'POST',
				path: '/workflows/',
				kind: 'dropAfter',
				times: 1,
			});

			const added = trigger('documentAdded');
			await added.activate();

			expect((await only()).id).toBe(added.workflowId);
		});

		it('leaves nothing behind when the server rejects the workflow, and succeeds the next time', async () => {
			await sandbox.misbehave({
				method: 'POST',
				path: '/workflows/',
				kind: 'status',
				status: 500,
				times: 1,
			});
			const added = trigger('documentAdded');

			await expect(added.activate()).rejects.toThrow();
			expect(await workflows()).toEqual([]);
			expect(added.memory).toEqual({});

			await added.activate();
			expect((await only()).id).toBe(added.workflowId);
		});

		it('requests files by name, path and source before they are consumed', async () => {
			await trigger('consumptionStarted', {
				sources: [1, 3],
				fileFilters: { path: '*/scans/*' },
			}).activate();

			const { triggers, actions } = await only();
			expect(triggers).toEqual([
				expect.objectContaining({
					type: 1,
					sources: [1, 3],
					filter_filename: '*',
					filter_path: '*/scans/*',
				}),
			]);
			expect(Object.keys(actions[0]?.webhook.params ?? {})).toEqual(['doc_title', 'added']);
		});

		it('requests a date with days after it', async () => {
			await trigger('scheduled', {
				dateField: 'created',
				offsetDays: 30,
				recurring: true,
				intervalDays: 365,
			}).activate();

			expect((await only()).triggers).toEqual([
				expect.objectContaining({
					type: 4,
					schedule_date_field: 'created',
					schedule_offset_days: 30,
					schedule_is_recurring: true,
					schedule_recurring_interval_days: 365,
				}),
			]);
		});

		it('requests days before the date if the server supports them', async () => {
			const ahead = trigger('scheduled', { dateField: 'created', offsetDays: -3 });

			if (profile === '2.15.3') {
				await expect(ahead.activate()).rejects.toMatchObject({
					message:
						'A schedule with days before the date needs Paperless-ngx 2.16 or later; this server is 2.15.3',
				});
				expect(await workflows()).toEqual([]);
			} else {
				await ahead.activate();
				expect((await only()).triggers[0]).toMatchObject({ schedule_offset_days: -3 });
			}
		});

		it('rejects a filter that the server does not have, and sets it otherwise', async () => {
			const excluding = trigger('documentAdded', { filters: { excludeTags: ['Inbox'] } });

			if (profile === '2.15.3') {
				await expect(excluding.activate()).rejects.toMatchObject({
					message:
						'This filter of a workflow needs Paperless-ngx 2.19 or later; this server is 2.15.3',
				});
				expect(await workflows()).toEqual([]);
			} else {
				await excluding.activate();
				expect((await only()).triggers[0]?.['filter_has_not_tags']).toHaveLength(1);
			}
		});

		it('requests one correspondent on every server, and several from 3.0 on', async () => {
			const list = await sandbox.api<{ results: Array<{ id: number; name: string }> }>(
				'GET',
				'correspondents/',
			);
			const [first, second] = list.results;
			const single = trigger('documentAdded', { filters: { correspondents: [first?.name] } });
			await single.activate();
			const [saved] = (await only()).triggers;
			await single.deactivate();
			const several = trigger('documentAdded', {
				filters: { correspondents: [first?.id, second?.id] },
			});

			if (profile === '3.0.5') {
				expect(saved?.['filter_has_any_correspondents']).toEqual([first?.id]);
				await several.activate();
				expect((await only()).triggers[0]?.['filter_has_any_correspondents']).toHaveLength(2);
			} else {
				expect(saved?.['filter_has_correspondent']).toBe(first?.id);
				await expect(several.activate()).rejects.toThrow(/needs Paperless-ngx 3.0 or later/);
			}
		});

		it('listens in the editor with a separate workflow', async () => {
			const added = trigger('documentAdded');
			await added.activate('manual');

			expect((await only()).name).toBe(`n8n: Letters (flow/${added.nodeId} test)`);
			await added.deactivate('manual');
			expect(await workflows()).toEqual([]);
		});
	});

	describe('when it is deactivated', () => {
		it('removes its workflow, and accepts that it is already gone', async () => {
			const added = trigger('documentAdded');
			await added.activate();
			await sandbox.api('DELETE', `workflows/${added.workflowId}/`);
			await added.deactivate();
			await added.activate();

			await added.deactivate();
			await added.deactivate();

			expect(await workflows()).toEqual([]);
			expect(added.memory).toEqual({});
		});

		it('leaves a workflow that no longer calls it', async () => {
			const added = trigger('documentAdded');
			await added.activate();
			const { id, triggers } = await only();
			await sandbox.api('PUT', `workflows/${id}/`, {
				name: 'Taken over',
				triggers,
				actions: [{ type: 4, webhook: { url: 'https://elsewhere.test/' } }],
			});

			await added.deactivate();

			expect((await only()).name).toBe('Taken over');
		});
	});

	describe('when it is called', () => {
		it('outputs the document like the polling trigger', async () => {
			const added = trigger('documentAdded');
			await added.activate();
			const id = await add();

			const { status, items } = await added.call(bodyFor(id));

			expect(status).toBe(200);
			expect(items?.map(({ json }) => json)).toEqual([
				expect.objectContaining({
					event: 'documentAdded',
					event_id: `documentAdded:${id}`,
					id,
					title: 'water',
					url: `${sandbox.url}/documents/${id}`,
				}),
			]);
		});

		it('distinguishes changes by their time', async () => {
			const updated = trigger('documentUpdated');
			await updated.activate();
			const id = await add();

			const eventIds = [];
			for (const title of ['One', 'Two']) {
				await sandbox.api('PATCH', `documents/${id}/`, { title });
				const { items } = await updated.call(bodyFor(id));
				eventIds.push(...(items ?? []).map(({ json }) => String(json['event_id'])));
			}

			expect(eventIds).toEqual([
				expect.stringMatching(new RegExp(`^documentUpdated:${id}:\\d{16}$`)),
				expect.stringMatching(new RegExp(`^documentUpdated:${id}:\\d{16}$`)),
			]);
			expect(eventIds[0]).not.toBe(eventIds[1]);
		});

		it('reports a repeated delivery once, in any order and after a restart', async () => {
			const added = trigger('documentAdded');
			await added.activate();
			const [first, second] = [await add(), await add('Another letter')];

			const together = await Promise.all([
				added.call(bodyFor(first)),
				added.call(bodyFor(second)),
				added.call(bodyFor(first)),
			]);
			const later = await added.call(bodyFor(second));
			const restarted = trigger('documentAdded', {}, { memory: { ...added.memory } });
			const afterwards = await restarted.call(bodyFor(first));

			const ids = together.flatMap(({ items = [] }) => items.map(({ json }) => json['id']));
			expect(ids.sort()).toEqual([first, second].sort());
			expect([...together, later, afterwards].map(({ status }) => status)).toEqual(
				Array(5).fill(200),
			);
			expect(later.items).toBeUndefined();
			expect(afterwards.items).toBeUndefined();
		});

		it('ends a call about which the server says nothing', async () => {
			const added = trigger('documentAdded');
			await added.activate();
			const id = await add();
			await sandbox.misbehave({ kind: 'hold', path: 'documents' });

			const call = expect(added.call(bodyFor(id))).rejects.toThrow('did not answer in time');
			await Promise.all([call, simulatedTime.pause(660_000)]);
			await sandbox.release();
		});

		it('continues after a call that was still running when the workflow was activated again', async () => {
			const before = trigger('documentAdded');
			await before.activate();
			const { nodeId } = before;
			const id = await add();
			const reactivated = trigger('documentAdded', {}, { nodeId, memory: before.memory });
			await reactivated.deactivate();
			await reactivated.activate();

			await before.call(bodyFor(id));

			// n8n saves at the end of a call everything that it had read before the call.
			const after = trigger('documentAdded', {}, { nodeId, memory: before.memory });
			const headers = { 'x-paperless-ngx-trigger-secret': reactivated.secret };
			expect((await after.call(bodyFor(await add('Another letter')), headers)).status).toBe(200);
		});

		it('reports the documents of a new archive although their ids were used before', async () => {
			const before = trigger('documentAdded');
			await before.activate();
			const old = await add();
			const reported = await before.call(bodyFor(old));
			await sandbox.reset();
			const { nodeId, memory } = before;
			const after = trigger('documentAdded', {}, { nodeId, memory });
			await after.activate();
			const id = await add();

			const { items } = await after.call(bodyFor(id));

			expect(id).toBe(old);
			expect([reported.items, items]).toEqual([[expect.anything()], [expect.anything()]]);
		});

		it('requests the documents of simultaneous calls together', async () => {
			const added = trigger('documentAdded');
			await added.activate();
			await sandbox.seed({ documents: 40 });
			const { results: rows } = await sandbox.api<{ results: Array<{ id: number }> }>(
				'GET',
				'documents/?fields=id&ordering=-id&page_size=40',
			);
			await sandbox.forgetRequests();

			const replies = await Promise.all(rows.map(async ({ id }) => await added.call(bodyFor(id))));

			const ids = replies.flatMap(({ items = [] }) => items.map(({ json }) => json['id']));
			expect(ids).toEqual(rows.map(({ id }) => id));
			const requests = (await sandbox.requests()).filter(({ path }) => path === '/api/documents/');
			expect(requests.length).toBeLessThan(10);
		});

		it('reports what comes after calls that failed together', async () => {
			const added = trigger('documentAdded');
			await added.activate();
			const [first, second] = [await add(), await add('Another letter')];
			await sandbox.misbehave({ path: 'documents', kind: 'status', status: 500, times: 2 });

			const failed = await Promise.allSettled([first, second].map((id) => added.call(bodyFor(id))));
			await sandbox.behave();
			const replies = await Promise.all([first, second].map((id) => added.call(bodyFor(id))));

			expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
			expect(replies.map(({ items }) => items?.length)).toEqual([1, 1]);
		});

		it.each([
			['without a secret', {}],
			['with a wrong secret', { 'x-paperless-ngx-trigger-secret': 'f'.repeat(64) }],
			['with an empty secret', { 'x-paperless-ngx-trigger-secret': '' }],
			['with a forged test delivery', { 'x-paperless-ngx-trigger-test': 'f'.repeat(64) }],
		])('rejects a call %s and starts nothing', async (_, headers) => {
			const added = trigger('documentAdded');
			await added.activate();
			const { nodeId, memory } = added;
			const tested = trigger('documentAdded', { testDelivery: true }, { nodeId, memory });
			const broken = trigger('documentAdded', {}, { nodeId, memory }, { baseUrl: 'nowhere' });
			const id = await add();
			await sandbox.forgetRequests();

			expect(await tested.call(bodyFor(id), headers)).toEqual({ status: 401, items: undefined });
			expect(await broken.call(bodyFor(id), headers)).toEqual({ status: 401, items: undefined });
			expect(await added.call(bodyFor(id), headers)).toEqual({ status: 401, items: undefined });
			expect(await sandbox.requests()).toEqual([]);
		});

		it('keeps nothing with which anybody could call it', async () => {
			const added = trigger('documentAdded');
			await added.activate();

			const [workflow] = await workflows();
			const sent = JSON.stringify(workflow?.actions[0]?.webhook.headers);
			expect(sent).toContain(added.secret);
			expect(JSON.stringify(added.memory)).not.toContain(added.secret);
			expect(added.secret).not.toContain(sandbox.tokens.admin);
		});

		it('rejects every call when it is not registered', async () => {
			const added = trigger('documentAdded');

			const reply = await added.call({}, { 'x-paperless-ngx-trigger-secret': 'undefined' });

			expect(reply).toEqual({ status: 401, items: undefined });
		});

		it.each([
			['no body', undefined],
			['a text', 'documents/7/'],
			['an empty body', {}],
			['a URL without a document', { doc_url: 'https://paperless.test/documents/' }],
			['a URL that only resembles one', { doc_url: 'https://x.test/documents/7/../../' }],
			['a document 0', { doc_id: '0', doc_url: '' }],
		])('rejects %s', async (_, body) => {
			const added = trigger('documentAdded');
			await added.activate();

			expect(await added.call(body)).toEqual({ status: 400, items: undefined });
		});

		it('finds the id even if the server does not know its URL', async () => {
			const added = trigger('documentAdded');
			await added.activate();
			const id = await add();

			const { items } = await added.call({ doc_url: `None/documents/${id}/` });

			expect(items?.[0]?.json).toMatchObject({ id });
		});

		it('outputs the name and the time of a file, but no temporary path', async () => {
			const started = trigger('consumptionStarted');
			await started.activate();
			const added = '2026-11-22T03:54:20.453496+00:00';

			const { items } = await started.call({ doc_title: '/tmp/paperless/abc/water.txt', added });

			expect(items?.map(({ json }) => json)).toEqual([
				{
					event: 'consumptionStarted',
					event_id: `consumptionStarted:water.txt:${added}`,
					file_name: 'water.txt',
					started: added,
				},
			]);
		});

		it('outputs the file if set to', async () => {
			const added = trigger('documentAdded', { download: 'original' });
			await added.activate();
			const id = await add();

			const { items } = await added.call(bodyFor(id));

			const file = items?.[0]?.binary?.['data'];
			expect(file).toMatchObject({
				fileName: expect.stringMatching(/water\.txt$/),
				mimeType: 'text/plain',
			});
			expect(file && String(await engineFor(sandbox).read(file))).toBe(
				'A letter from the water works',
			);
		});

		it('reports a document whose file is missing on the server, and says so', async () => {
			const added = trigger('documentAdded', { download: 'original' });
			await added.activate();
			const id = await add();
			const body = { detail: 'No Document matches the given query.' };
			await sandbox.misbehave({ path: '/download/', kind: 'status', status: 404, body });

			const { items = [] } = await added.call(bodyFor(id));

			expect(items.map(({ json, binary }) => [json['id'], json['file_missing'], binary])).toEqual([
				[id, `The original file of document ${id} is missing on the server`, undefined],
			]);
		});

		it('can be delivered again when the file did not arrive', async () => {
			const added = trigger('documentAdded', { download: 'original' });
			await added.activate();
			const id = await add();
			await sandbox.misbehave({ path: '/download/', kind: 'status', status: 404, times: 1 });

			await expect(added.call(bodyFor(id))).rejects.toThrow();
			const { items } = await added.call(bodyFor(id));

			expect(items).toHaveLength(1);
		});

		it('outputs only the chosen fields', async () => {
			const updated = trigger('documentUpdated', { output: 'selected', selectedFields: ['title'] });
			await updated.activate();
			const id = await add();

			const { items } = await updated.call(bodyFor(id));

			expect(Object.keys(items?.[0]?.json ?? {})).toEqual(['event', 'event_id', 'id', 'title']);
		});
	});
});
