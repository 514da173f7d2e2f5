import { secretHeader, sentHeader } from '../api/sentHeader';
import { PaperlessError } from '../api/errors';
import { ownWorkflows } from './ownWorkflows';
import { checkRegistration } from './register';
import { registrationOf } from './registration';
import { isSameSecret, secretOf } from './secret';
import type { WebhookTriggerCall } from './webhookTriggerParameters';

/** By node: the secret for which this process has looked after the workflow. */
const renewed = new Map<string, string>();

const otherServer = (server: string, callback: string) =>
	new PaperlessError('invalid', 'Another Paperless-ngx than that of the credential called', {
		description: `${server} has a workflow that calls ${callback}. The credential names another server since, where the same number is another document, so nothing was started. Unpublish and publish this workflow, and delete the workflow “n8n: …” on the other server.`,
	});

/** Whether the server of the credential has a workflow that sends this secret. */
async function hasSender(call: WebhookTriggerCall, secret: unknown): Promise<boolean> {
	const { registered } = await ownWorkflows(call);
	const sent = registered && sentHeader(registered, secretHeader);
	// A workflow that was renewed meanwhile sends the new secret.
	return [secret, secretOf(call)].some((one) => isSameSecret(sent, one));
}

async function renew(call: WebhookTriggerCall): Promise<void> {
	try {
		if (!(await checkRegistration(call))) return;
		call.warn(
			`The token or the address of n8n has changed since this workflow was published. The workflow in Paperless-ngx now calls ${call.callback}.`,
		);
	} catch (thrown) {
		call.warn(
			`The token or the address of n8n has changed since this workflow was published, and the workflow in Paperless-ngx could not be updated: ${String(thrown)}. Unpublish and publish this workflow.`,
		);
	}
}

/**
 * Looks after the workflow in Paperless-ngx where a genuine delivery shows that the credential or
 * the address of n8n is another one than at the activation. n8n tells a trigger of neither.
 */
export async function renewRegistration(call: WebhookTriggerCall, given: unknown): Promise<void> {
	const registration = registrationOf(call);
	if (registration === undefined) return;
	const { key, callback, context } = call;
	const isMoved = registration.server !== context.api.baseUrl;
	if (isMoved && !(await hasSender(call, given))) throw otherServer(registration.server, callback);
	const secret = secretOf(call);
	if ((!isMoved && isSameSecret(given, secret)) || renewed.get(key) === secret) return;
	renewed.set(key, secret);
	await renew(call);
}
