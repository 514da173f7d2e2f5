import { secretHeader, sentHeader, testHeader } from '../api/sentHeader';
import { wholeList } from '../api/kinds';
import type { Workflow } from '../api/schemas/workflow';
import { registrationOf } from './registration';
import { isSameSecret, proves, secretOf } from './secret';
import type { WebhookTriggerHost } from './webhookTriggerParameters';
import { workflowName } from './workflowName';

type OwnWorkflows = {
	registered: Workflow | undefined;
	/** Workflows of test deliveries. */
	tests: Workflow[];
};

/** The workflows in Paperless-ngx that call this node or carry its secret. */
export async function ownWorkflows(host: WebhookTriggerHost): Promise<OwnWorkflows> {
	const { workflow: registeredId, proof } = registrationOf(host) ?? {};
	const secret = secretOf(host);
	const carriesSecret = (workflow: Workflow) => {
		const sent = sentHeader(workflow, secretHeader);
		return isSameSecret(sent, secret) || proves(proof, sent);
	};
	const eventsName = workflowName(host, 'events');
	const testName = workflowName(host, 'test');
	/** Only the name tells whose it is (docs/paperless-api.md#unfinished-workflows). */
	const isUnfinished = ({ actions }: Workflow) => actions.length === 0;
	const isTest = (workflow: Workflow) =>
		isUnfinished(workflow)
			? workflow.name === testName
			: sentHeader(workflow, testHeader) !== undefined;
	const isOwn = (workflow: Workflow) =>
		isUnfinished(workflow)
			? [eventsName, testName].includes(workflow.name)
			: workflow.actions.some(({ webhook }) => webhook?.url === host.callback) ||
				carriesSecret(workflow);
	const found = (await host.context.api.workflows.list({}, wholeList)).filter(isOwn);
	const permanent = found.filter((workflow) => !isTest(workflow));
	return {
		registered: permanent.find(({ id }) => id === registeredId) ?? permanent[0],
		tests: found.filter(isTest),
	};
}
