import { isPaperlessError } from '../api/errors';
import { matchesDraft } from './matchesDraft';
import { checkRegistration } from './register';
import { registrationOf } from './registration';
import type { WebhookTriggerHost } from './webhookTriggerParameters';

/**
 * Repairs the workflow after a delivery without a document. The placeholders changed in 2.19, so an
 * upgrade causes this, and anybody with the permission can change a workflow.
 */
export async function repairWorkflow(host: WebhookTriggerHost): Promise<void> {
	const exists = await checkRegistration(host);
	const delivery =
		'A delivery from Paperless-ngx did not name a document or file and started nothing.';
	host.warn(
		exists
			? `${delivery} The workflow in Paperless-ngx, which may have been changed or date from before an upgrade, has been restored.`
			: `${delivery} This trigger no longer has a workflow in Paperless-ngx: unpublish and publish this workflow.`,
	);
}

const explainDeletion = (thrown: unknown): unknown =>
	isPaperlessError(thrown, 'unresolved')
		? thrown.adding(
				'An object that was deleted is also removed from the filters of the workflow in Paperless-ngx, which then calls for other documents too; all of them are rejected. Change the filter here, and publish again.',
			)
		: thrown;

/**
 * Checks that a call has passed the filters of this trigger. Somebody may have changed the filters
 * in Paperless-ngx, and a deleted tag is removed from them, so that all documents pass (verified
 * on 2.15, 2.20 and 3.0). Without the permission to read the workflow, deliveries are accepted.
 */
export async function checkFilters(host: WebhookTriggerHost): Promise<void> {
	const { workflow, triggers } = registrationOf(host) ?? {};
	if (workflow === undefined || triggers === undefined) return;
	const found = await host.context.api.workflows.get(workflow).catch(() => undefined);
	if (found === undefined || matchesDraft(found, { triggers })) return;
	try {
		await checkRegistration(host);
	} catch (thrown) {
		throw explainDeletion(thrown);
	}
	host.warn(
		`The filters of the workflow “${found.name}” were changed in Paperless-ngx. They have been restored; documents that passed in the meantime are accepted.`,
	);
}
