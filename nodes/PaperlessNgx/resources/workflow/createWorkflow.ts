import type { Workflow, WorkflowDraft } from '../../../api/schemas/workflow';
import { attempt } from '../../../toolkit/attempt';
import type { Context } from '../../../toolkit/operation';
import { revealPart } from './concealPart';
import { differences } from './differences';
import { isOfTrigger } from './isOfTrigger';
import { notStored } from './notStored';
import { rejectWorkflow } from './rejectWorkflow';
import { sendCreation } from './sendCreation';
import { triggersFor } from './triggersFor';
import type { GivenWorkflow } from './workflowFrom';

const textOf = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** Creates a workflow. One that the server did not store as given is removed again, because it could run for every document. */
export async function createWorkflow(context: Context, given: GivenWorkflow): Promise<Workflow> {
	const { api, names } = context;
	const { enabled = true, triggers = [], actions = [], ...rest } = given;
	const name = textOf(rest.name);
	if (name === '') throw rejectWorkflow('The workflow has no “name”', 'Add a name to the JSON.');
	const revealed = actions.map((action) => revealPart(action));
	if (isOfTrigger({ actions: revealed as Workflow['actions'] })) {
		throw rejectWorkflow(
			'The workflow belongs to a Webhook Trigger of n8n',
			'Publish a workflow of n8n with such a trigger for this server; it creates its own.',
		);
	}
	const server = await api.currentServer();
	const draft: WorkflowDraft = {
		...rest,
		name,
		enabled: enabled !== false,
		triggers: triggersFor(server, triggers),
		actions: revealed,
	};
	const created = await sendCreation(context, draft);
	const wrong = differences(draft, created);
	if (wrong.length > 0) {
		const removed = await attempt(() => api.workflows.delete(created.id));
		const left =
			removed instanceof Error
				? `It is there with the ID ${created.id} and could not be deleted.`
				: 'It was deleted again.';
		throw notStored(draft, wrong, left);
	}
	await names.add('workflow', created);
	return created;
}
