import type { WorkflowNode } from '../../scripts/n8n/rest.mts';
import { webhookTriggerType } from '../support/nodeTypes.mts';
import { waitFor } from './support/waiting.mts';
import { node, World } from './support/world.mts';

type Workflow = {
	id: number;
	name: string;
	enabled: boolean;
	actions: Array<{ webhook: { headers: Record<string, string> } }>;
};

describe('the webhook trigger in n8n', () => {
	let world: World;

	beforeAll(async () => {
		world = await World.open();
	});
	afterAll(async () => await world.close());

	const ours = async (): Promise<Workflow[]> => {
		const { results } = await world.api<{ results: Workflow[] }>(
			'GET',
			'workflows/?page_size=1000',
		);
		return results.filter(({ name }) => name.includes(world.prefix));
	};
	const watch = async (event: string, more: object = {}) => {
		const webhookId = crypto.randomUUID();
		const trigger: WorkflowNode & { webhookId: string } = {
			...(await world.paperlessNode('Trigger', {})),
			type: webhookTriggerType,
			webhookId,
			parameters: { event, ...more },
		};
		const workflow = await world.save(
			world.row(event, trigger, node('Nothing', 'n8n-nodes-base.noOp', 1, {})),
		);
		await world.n8n.activateWorkflow(workflow);
		return { ...workflow, webhookId, url: `${world.shared.n8n.url}/webhook/${webhookId}/webhook` };
	};

	it('is called for each added document, and leaves nothing on the server when it is off', async () => {
		const workflow = await watch('documentAdded');
		expect(await ours()).toEqual([
			expect.objectContaining({
				name: expect.stringContaining(`n8n: ${world.prefix} documentAdded (${workflow.id}/`),
				enabled: true,
			}),
		]);

		await world.sendTexts(
			{ title: `${world.prefix} first`, text: 'The first letter' },
			{ title: `${world.prefix} second`, text: 'The second letter' },
		);
		const items = await world.startedWith(2, workflow.id, 'Trigger');
		await world.n8n.deactivateWorkflow(workflow.id);

		const added = await world.ids('documents');
		expect(items.map((item) => String(item['event_id'])).sort()).toEqual(
			added.map((id) => `documentAdded:${id}`).sort(),
		);
		expect(await ours()).toEqual([]);
	});

	it('becomes active once a test delivery has come through, which starts nothing', async () => {
		const before = await world.ids('documents');
		const workflow = await watch('documentAdded', { testDelivery: true });

		const names = (await ours()).map(({ name }) => name);
		const said = await world.n8nLog();
		await world.n8n.deactivateWorkflow(workflow.id);

		expect(names).toEqual([expect.stringContaining('n8n: ')]);
		expect(said).toContain(`Received webhook "POST" for path "${workflow.webhookId}/webhook"`);
		expect(await world.n8n.executions(workflow.id)).toEqual([]);
		expect(await world.ids('documents')).toEqual(before);
	});

	it('refuses a forged call and starts nothing', async () => {
		const workflow = await watch('documentUpdated');

		const reply = await fetch(workflow.url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-paperless-ngx-trigger-secret': 'x' },
			body: JSON.stringify({ doc_url: 'http://paperless.test/documents/1/' }),
		});
		const started = await world.started(workflow.id, 'Trigger');
		await world.n8n.deactivateWorkflow(workflow.id);

		expect(reply.status).toBe(401);
		expect(started).toEqual([]);
	});

	it('answers at once, and makes a failed execution of a document that it cannot fetch', async () => {
		const workflow = await watch('documentUpdated');
		const [made] = await ours();
		const headers = { 'content-type': 'application/json', ...made?.actions[0]?.webhook.headers };
		const { url, token } = world.shared.paperless;
		const credential = await world.credential();
		const withToken = async (apiToken: string) =>
			await world.n8n.updateCredential({ ...credential, data: { baseUrl: url, apiToken } });
		await withToken('0'.repeat(40));

		const body = JSON.stringify({ doc_url: 'http://paperless.test/documents/1/' });
		const reply = await fetch(workflow.url, { method: 'POST', headers, body });
		const executions = await waitFor(
			async () => {
				const all = await world.n8n.executions(workflow.id);
				return all.some(({ status }) => status === 'error') ? all : undefined;
			},
			{ what: () => 'an execution that failed' },
		);
		await withToken(token);
		await world.n8n.deactivateWorkflow(workflow.id);

		expect(reply.status).toBe(200);
		expect(executions).toHaveLength(1);
	});
});
