import { isPaperlessError, PaperlessError } from '../api/errors';
import { explaining } from '../toolkit/explaining';
import { refusedWrite } from '../toolkit/refusedWrite';
import type { WebhookTriggerHost } from './webhookTriggerParameters';

const missingPermissions = ({ status }: PaperlessError): PaperlessError =>
	new PaperlessError('forbidden', 'The token’s user may not manage workflows', {
		description:
			'This trigger creates a workflow in Paperless-ngx that calls n8n. The user needs the permissions to view, add, change and delete workflows (“view_workflow”, “add_workflow”, “change_workflow”, “delete_workflow”). An administrator grants them under Settings → Users & Groups.',
		status,
	});

/** Replaces the server's message, which names one missing permission at a time: up to four rounds. */
export const withWorkflowPermissions = <T>(work: () => Promise<T>): Promise<T> =>
	explaining(work, (error) =>
		isPaperlessError(error, 'forbidden') ? missingPermissions(error) : error,
	);

export function rejectReadOnly({ readOnly }: WebhookTriggerHost): void {
	if (!readOnly) return;
	throw refusedWrite('This trigger creates a workflow in Paperless-ngx.').adding(
		'“Paperless-ngx Trigger” works with Read Only.',
	);
}
