import { randomUUID } from 'node:crypto';
import { orNothing, PaperlessError } from '../api/errors';
import type { FilePart } from '../api/transport';
import { testFileName } from '../events/testFile';
import type { Call, WebhookHost } from '../toolkit/runWebhook';
import { definitionForFile, nameFor } from './workflowDefinition';
import { ownWorkflows } from './ownWorkflows';
import type { WebhookTriggerParameters } from './webhookTriggerParameters';
import { withPermission } from './workflowPermissions';
import { isSame, newSecret, sentIn, testHeader } from './secret';

type Host = WebhookHost<WebhookTriggerParameters>;

const pause = 500;
/** A worker of 2.x takes seven seconds when it has nothing else to do. */
const patience = 45_000;

/** A PDF by its beginning, which no server can read. */
const text = '%PDF-1.4\nBroken on purpose: it only proves the way from Paperless-ngx to n8n.\n';
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

async function arrives({ context: { api, now } }: Host, workflow: number): Promise<boolean> {
	for (const deadline = now() + patience; now() < deadline; await api.wait(pause)) {
		if ((await api.workflows.get(workflow).catch(orNothing)) === undefined) return true;
	}
	return false;
}

function refusal({ callback }: Host, isWorkedOff: boolean): PaperlessError {
	const seconds = patience / 1000;
	const description = isWorkedOff
		? `Nothing came to ${callback} within ${seconds} s. This address must lead from the machine of Paperless-ngx to n8n: set WEBHOOK_URL of n8n to one that does. Where Paperless-ngx restricts webhooks, let it pass by PAPERLESS_WEBHOOKS_ALLOW_INTERNAL_REQUESTS, PAPERLESS_WEBHOOKS_ALLOWED_PORTS and PAPERLESS_WEBHOOKS_ALLOWED_SCHEMES. The log of Paperless-ngx says why a webhook failed.`
		: `Paperless-ngx did not get to the test file within ${seconds} s: its worker is busy or does not run. Activate again later, or switch off “Test Delivery”.`;
	return new PaperlessError('unavailable', 'The test delivery did not arrive', { description });
}

async function sendFile(host: Host, fileName: string, workflow: number): Promise<void> {
	const { api } = host.context;
	const taskId = await api.documents.upload(brokenFile(fileName), {});
	const isProven = await arrives(host, workflow);
	// Not everybody may look at tasks, or dismiss one; it is found in the list of failed files then.
	const seen = await api.tasks.find(taskId).then(
		(task) => ({
			id: task?.id ?? null,
			isWorkedOff: (task?.outcome.status ?? 'pending') !== 'pending',
		}),
		() => ({ id: null, isWorkedOff: true }),
	);
	if (!isProven) throw refusal(host, seen.isWorkedOff);
	if (seen.isWorkedOff && seen.id !== null) {
		await api.tasks.acknowledge([seen.id]).catch(() => undefined);
	}
}

/**
 * Proves that the server reaches n8n, before anything relies on it. A workflow made for it waits
 * for a file of a name that nothing else has. The file cannot be consumed, so that nothing is
 * added. Whichever process of n8n is called deletes that workflow, which is what this one sees.
 */
export async function testDelivery(host: Host): Promise<void> {
	const fileName = testFileName(randomUUID());
	const name = nameFor(host, 'n8n test delivery: ');
	const headers = { [testHeader]: newSecret() };
	const draft = definitionForFile(fileName, { name, callback: host.callback, headers });
	try {
		const { id } = await withPermission(async () => {
			await removeTests(host);
			return await host.context.api.workflows.create(draft);
		});
		await sendFile(host, fileName, id);
	} catch (thrown) {
		// What cannot be removed now is removed by the next activation or deactivation.
		await removeTests(host).catch(() => undefined);
		return await Promise.reject(thrown);
	}
}

/** Takes the call if it is a test delivery. Where that cannot be found out it is none, and is repeated. */
export async function takeTest(call: Call<WebhookTriggerParameters>): Promise<boolean> {
	const given = call.headers[testHeader.toLowerCase()];
	if (!call.values.testDelivery || given === undefined) return false;
	const own = await ownWorkflows(call).catch(() => undefined);
	const test = own?.tests.find((workflow) => isSame(given, sentIn(workflow, testHeader)));
	if (test === undefined) return false;
	await call.context.api.workflows.delete(test.id).catch(orNothing);
	call.answer(200, 'The test delivery has arrived');
	return true;
}
