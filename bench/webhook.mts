import { createRequire } from 'node:module';
import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';
import { Stub } from '../test/support/stub.mts';
import { WebhookRunner } from '../test/support/webhookRunner.mts';
import { burst } from './cases.mts';
import type { Answered, Sender } from './sender.mts';
import type { Setting, Task } from './side.mts';
import { Worker } from './worker.mts';

const built = createRequire(import.meta.url);
const { PaperlessNgxWebhookTrigger } = built(
	'../dist/nodes/PaperlessNgxWebhookTrigger/PaperlessNgxWebhookTrigger.node.js',
) as { PaperlessNgxWebhookTrigger: new () => INodeType };

const secret = 'known to both';
const headers = {
	'content-type': 'application/json',
	'x-paperless-ngx-trigger-secret': secret,
};

const share = (sorted: readonly number[], part: number) =>
	sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN;

type Started = { items: IDataObject[]; answers: Answered[]; starts: number[] };

/** The server's calls about as many documents, all at once, and what n8n makes of them. */
export async function burstTask(
	{ url, token, ids }: Setting,
	credential: ICredentialType,
): Promise<Task> {
	const types = { node: new PaperlessNgxWebhookTrigger(), credential };
	const credentials = { baseUrl: url, apiToken: token };
	const memory = { registration: { workflow: 1, secret, triggers: [] } };
	const runner = new WebhookRunner(types, credentials, { event: 'documentAdded' }, { memory });
	const sender = new Worker<Sender>('sender.mts');

	const work = async (): Promise<Started> => {
		const items: IDataObject[] = [];
		const starts: number[] = [];
		const executions: Array<Promise<void>> = [];
		const n8n = await Stub.start(
			async ({ headers: given, body }) =>
				await new Promise((answer) => {
					const since = performance.now();
					const execute = async () => {
						const parsed = JSON.parse(String(body)) as IDataObject;
						const reply = await runner.call(parsed, given, (status) => answer({ status }));
						starts.push(performance.now() - since);
						items.push(...(reply.items ?? []).map(({ json }) => json));
					};
					executions.push(execute());
				}),
		);
		const bodies = ids
			.slice(0, burst)
			.map((id) => JSON.stringify({ doc_url: `${url}/documents/${id}/`, doc_id: String(id) }));
		const answers = await sender.call('burst', n8n.url, headers, bodies);
		await Promise.all(executions);
		await Promise.all([n8n.close(), sender.stop()]);
		return { items, answers, starts };
	};
	return {
		work,
		summary: (result) => {
			const { items } = result as Started;
			return `${new Set(items.map(({ event_id }) => event_id)).size} of ${items.length} items`;
		},
		more: async (result) => {
			const { answers, starts } = result as Started;
			const sorted = starts.toSorted((a, b) => a - b);
			return await Promise.resolve({
				refused: answers.filter(({ status }) => status !== 200).length,
				slowestAnswer: Math.max(...answers.map(({ after }) => after)),
				medianStart: share(sorted, 0.5),
				lateStart: share(sorted, 0.99),
			});
		},
	};
}
