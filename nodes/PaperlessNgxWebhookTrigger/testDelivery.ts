import { testHeader } from '../api/sentHeader';
import { randomUUID } from 'node:crypto';
import { asError, orNothing, PaperlessError } from '../api/errors';
import type { FilePart } from '../api/httpTransport';
import { until } from '../api/until';
import { testFileName } from '../events/testFile';
import { ownWorkflows } from './ownWorkflows';
import { isSameSecret, testSecretOf } from './secret';
import type { WebhookTriggerCall, WebhookTriggerHost } from './webhookTriggerParameters';
import { testWorkflowDefinition } from './workflowDefinition';
import { workflowName } from './workflowName';
import { withWorkflowPermissions } from './workflowPermissions';

type Host = WebhookTriggerHost;

/** Milliseconds. A worker of 2.x takes seven seconds when it has nothing else to do. */
const timeout = 45_000;
const pause = 500;

/** Starts like a PDF, and no server can read it. */
const text = '%PDF-1.4\nBroken on purpose: it only proves that Paperless-ngx can reach n8n.\n';
const bytes = new TextEncoder().encode(text);

const brokenFile = (fileName: string): FilePart => ({
	field: 'document',
	fileName,
	mimeType: 'application/pdf',
	size: bytes.length,
	open: async function* () {
		yield await Promise.resolve(bytes);
	},
});

async function removeTests(host: Host): Promise<void> {
	const { tests } = await ownWorkflows(host);
	for (const { id } of tests) await host.context.api.workflows.delete(id).catch(orNothing);
}

/** Whether the workflow was deleted in time, which any process of n8n does when it is called. */
async function isCalled({ context: { api, now } }: Host, workflow: number): Promise<boolean> {
	const look = async () => {
		const found = await api.workflows.get(workflow).catch(orNothing);
		return found === undefined ? true : undefined;
	};
	const pace = { first: pause, longest: pause, timeout };
	return (await until({ wait: api.wait, now }, look, pace)) === true;
}

function notArrived({ callback }: Host, isProcessed: boolean): PaperlessError {
	const seconds = timeout / 1000;
	const description = isProcessed
		? `No call reached ${callback} within ${seconds} s. This address must lead from the machine of Paperless-ngx to n8n: set WEBHOOK_URL of n8n accordingly. If Paperless-ngx restricts webhooks, allow the address with PAPERLESS_WEBHOOKS_ALLOW_INTERNAL_REQUESTS, PAPERLESS_WEBHOOKS_ALLOWED_PORTS and PAPERLESS_WEBHOOKS_ALLOWED_SCHEMES. The log of Paperless-ngx says why a webhook failed.`
		: `Paperless-ngx did not start the test file within ${seconds} s: its worker is busy or not running. Publish again later, or switch off “Test Delivery”.`;
	return new PaperlessError('unavailable', 'The test delivery did not arrive', { description });
}

/** Some users may not read or dismiss tasks; the file then stays in the list of failed files. */
async function findTask({ context: { api } }: Host, taskId: string) {
	try {
		const task = await api.tasks.find(taskId);
		const isProcessed = (task?.outcome.status ?? 'pending') !== 'pending';
		return { id: task?.id ?? null, isProcessed };
	} catch {
		return { id: null, isProcessed: true };
	}
}

async function sendFile(host: Host, fileName: string, workflow: number): Promise<void> {
	const { api } = host.context;
	const taskId = await api.documents.upload(brokenFile(fileName), {});
	const isProven = await isCalled(host, workflow);
	const { id, isProcessed } = await findTask(host, taskId);
	if (!isProven) throw notArrived(host, isProcessed);
	if (isProcessed && id !== null) await api.tasks.acknowledge([id]).catch(() => undefined);
}

/**
 * Proves that the server can reach n8n before anything relies on it. A temporary workflow waits for
 * a file with a unique name. The file cannot be consumed, so no document is added. The process of
 * n8n that is called deletes the workflow, which this process can see.
 */
export async function sendTestDelivery(host: Host): Promise<void> {
	const fileName = testFileName(randomUUID());
	const name = workflowName(host, 'test');
	const headers = { [testHeader]: testSecretOf(host) };
	const draft = testWorkflowDefinition(fileName, { name, callback: host.callback, headers });
	try {
		const { id } = await withWorkflowPermissions(async () => {
			await removeTests(host);
			return await host.context.api.workflows.create(draft);
		});
		await sendFile(host, fileName, id);
	} catch (thrown) {
		// A workflow that cannot be removed now is removed by the next activation or deactivation.
		await removeTests(host).catch(() => undefined);
		throw asError(thrown);
	}
}

/** The nodes for which this process asks the server about a test delivery. */
const looking = new Set<string>();

/**
 * Accepts a test delivery, and returns whether the call is one. If the server cannot be asked, the
 * call counts as none, and the server repeats it.
 */
export async function takeTestDelivery(call: WebhookTriggerCall): Promise<boolean> {
	const { key, readOnly, values } = call;
	const given = call.headers[testHeader.toLowerCase()];
	const isGenuine = isSameSecret(given, testSecretOf(call));
	if (!isGenuine || !values.testDelivery || readOnly || looking.has(key)) return false;
	looking.add(key);
	const found = await ownWorkflows(call).catch(() => undefined);
	looking.delete(key);
	const [test] = found?.tests ?? [];
	if (test === undefined) return false;
	await call.context.api.workflows.delete(test.id).catch(orNothing);
	call.answer(200, 'The test delivery has arrived');
	return true;
}
