import { asError, isPaperlessError, PaperlessError } from '../api/errors';
import type { WebhookTriggerHost } from './webhookTriggerParameters';

const missingPermissions = ({ status }: PaperlessError): PaperlessError =>
	new PaperlessError('forbidden', 'The token’s user may not manage workflows', {
		description:
			'This trigger creates a workflow in Paperless-ngx that calls n8n. The user needs the permissions to view, add, change and delete workflows (“view_workflow”, “add_workflow”, “change_workflow”, “delete_workflow”). An administrator grants them under Settings → Users & Groups.',
		status,
	});

/** Replaces the server's message, which names one missing permission at a time: up to four rounds. */
export async function withWorkflowPermissions<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		throw isPaperlessError(thrown, 'forbidden') ? missingPermissions(thrown) : asError(thrown);
	}
}

export function rejectReadOnly({ readOnly }: WebhookTriggerHost): void {
	if (!readOnly) return;
	throw new PaperlessError('readOnly', 'The credential is set to Read Only', {
		description:
			'This trigger creates a workflow in Paperless-ngx. Use another credential, or switch off “Read Only” in this one. “Paperless-ngx Trigger” works with Read Only.',
	});
}
