import type { ICredentialType, IDataObject } from 'n8n-workflow';
import { Stub } from '../test/support/stub.mts';
import { WebhookRunner } from '../test/support/webhookRunner.mts';
import { builtNode } from './built.mts';
import { burst } from './cases.mts';
import type { Answered, Sender } from './sender.mts';
import type { Setting, Task } from './task.mts';
import { Worker } from './worker.mts';

const percentile = (sorted: readonly number[], percent: number) =>
	sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN;

type Started = { items: IDataObject[]; answers: Answered[]; starts: number[] };

/** The server calls the webhook for many documents at once; every call starts a workflow. */
export async function burstTask(
	{ url, token, ids }: Setting,
	credential: ICredentialType,
): Promise<Task> {
	const types = { node: builtNode('PaperlessNgxWebhookTrigger'), credential };
	const credentials = { baseUrl: url, apiToken: token };
	const runner = new WebhookRunner(types, credentials, { event: 'documentAdded' });
	await runner.activate();
	const headers = {
		'content-type': 'application/json',
		'x-paperless-ngx-trigger-secret': runner.secret,
	};
	const sender = new Worker<Sender>('sender.mts');

	const work = async (): Promise<Started> => {
		const items: IDataObject[] = [];
		const starts: number[] = [];
		const executions: Array<Promise<void>> = [];
		const n8n = await Stub.start(
			async ({ headers: received, body }) =>
				await new Promise((answer) => {
					const start = performance.now();
					const execute = async () => {
						const parsed = JSON.parse(String(body)) as IDataObject;
						const reply = await runner.call(parsed, received, (status) => answer({ status }));
						starts.push(performance.now() - start);
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
		extras: async (result) => {
			const { answers, starts } = result as Started;
			const sorted = starts.toSorted((a, b) => a - b);
			return await Promise.resolve({
				rejected: answers.filter(({ status }) => status !== 200).length,
				slowestAnswer: Math.max(...answers.map(({ duration }) => duration)),
				medianStart: percentile(sorted, 50),
				lateStart: percentile(sorted, 99),
			});
		},
	};
}
