import { z } from 'zod';
import { wholeList } from '../api/names';
import type { Workflow } from '../api/schemas/workflow';
import type { WebhookHost } from '../toolkit/runWebhook';
import type { WebhookTriggerParameters } from './webhookTriggerParameters';
import { secretHeader, sentIn, testHeader } from './secret';

type Host = WebhookHost<WebhookTriggerParameters>;

const registrationSchema = z.object({
	/** None while the workflow is not active. */
	workflow: z.number().optional(),
	secret: z.string().min(1),
	/** When the workflow was made, in milliseconds. */
	since: z.number().optional(),
	/** With the ids of what the filters name. */
	triggers: z.array(z.record(z.unknown())).optional(),
});

export type Registration = z.infer<typeof registrationSchema>;

export const registrationOf = ({ recall }: Pick<Host, 'recall'>): Registration | undefined =>
	registrationSchema.safeParse(recall('registration')).data;

type Own = {
	registered: Workflow | undefined;
	/** Those of test deliveries. */
	tests: Workflow[];
};

/** What calls this node, or carries its secret, was made for it. */
export async function ownWorkflows(host: Host): Promise<Own> {
	const { workflow, secret } = registrationOf(host) ?? {};
	const all = await host.context.api.workflows.list({}, wholeList);
	const own = all.filter(
		(found) =>
			found.actions.some(({ webhook }) => webhook?.url === host.callback) ||
			(secret !== undefined && sentIn(found, secretHeader) === secret),
	);
	const isTest = (found: Workflow) => sentIn(found, testHeader) !== undefined;
	const lasting = own.filter((found) => !isTest(found));
	return {
		registered: lasting.find(({ id }) => id === workflow) ?? lasting[0],
		tests: own.filter(isTest),
	};
}
