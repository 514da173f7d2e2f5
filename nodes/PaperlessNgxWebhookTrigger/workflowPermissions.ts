import { PaperlessError } from '../api/errors';
import type { WebhookHost } from '../toolkit/runWebhook';
import type { WebhookTriggerParameters } from './webhookTriggerParameters';

/** In place of what the server says: one permission at a time would be four rounds. */
export async function withPermission<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		const refused = thrown instanceof PaperlessError && thrown.kind === 'forbidden';
		return await Promise.reject(
			refused
				? new PaperlessError('forbidden', 'The token’s user may not manage workflows', {
						description:
							'This trigger makes a workflow in Paperless-ngx that calls n8n. The user needs the permissions to view, add, change and delete workflows (“view_workflow”, “add_workflow”, “change_workflow”, “delete_workflow”). An administrator grants them under Settings → Users & Groups.',
						status: thrown.status,
					})
				: thrown,
		);
	}
}

export function refuseReadOnly({ readOnly }: WebhookHost<WebhookTriggerParameters>): void {
	if (!readOnly) return;
	throw new PaperlessError('readOnly', 'The credential is set to Read Only', {
		description:
			'This trigger makes a workflow in Paperless-ngx. Use another credential, or switch off “Read Only” in this one. “Paperless-ngx Trigger” works without.',
	});
}
