import { PaperlessError } from '../api/errors';
import type { WebhookHost } from '../toolkit/runWebhook';
import { matches } from './workflowDefinition';
import type { WebhookTriggerParameters } from './webhookTriggerParameters';
import { registrationOf } from './ownWorkflows';
import { checkRegistration } from './register';

type Host = WebhookHost<WebhookTriggerParameters>;

/** The words of placeholders changed with 2.19, and anybody who may can change a workflow. */
export async function lookAfterWorkflow(host: Host): Promise<void> {
	const isThere = await checkRegistration(host);
	const what = 'A delivery of Paperless-ngx did not say what it is about and started nothing.';
	host.warn(
		isThere
			? `${what} Its workflow there, which may have been changed or come from before an upgrade, is as it should be again.`
			: `${what} This trigger has no workflow there any more: deactivate and activate this workflow.`,
	);
}

const withoutFilter = (thrown: unknown): unknown =>
	thrown instanceof PaperlessError && thrown.kind === 'unresolved'
		? new PaperlessError('unresolved', thrown.message, {
				...thrown,
				description: `What is deleted is gone from the filters of the workflow in Paperless-ngx as well, which calls for other documents too; none of them is let through. Change the filter here, and activate again. ${thrown.description}`,
			})
		: thrown;

/**
 * Whether a call came through the filters that were set: somebody may have changed them, and a tag
 * that is deleted is gone from them, so that all documents pass (executed).
 */
export async function checkFilters(host: Host): Promise<void> {
	const { workflow, triggers } = registrationOf(host) ?? {};
	if (workflow === undefined || triggers === undefined) return;
	// Who may not look any more still gets what the server calls for.
	const found = await host.context.api.workflows.get(workflow).catch(() => undefined);
	if (found === undefined || matches({ triggers }, found)) return;
	await checkRegistration(host).catch(
		async (thrown: unknown) => await Promise.reject(withoutFilter(thrown)),
	);
	host.warn(
		`The filters of the workflow “${found.name}” were changed in Paperless-ngx. They are as they should be again; what came through meanwhile is let through.`,
	);
}
