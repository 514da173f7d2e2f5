import { defineOperation } from '../../../toolkit/operation';
import { presentWorkflows } from './presentWorkflows';
import { workflowFrom } from './workflowFrom';
import { workflowParameter } from './workflows';
import { createWorkflow } from './createWorkflow';

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create workflow',
	description: 'Create a workflow from JSON, e.g. one that Get has read on another server',
	access: 'write',
	parameters: [workflowParameter],
	// A later item may name a workflow that an earlier item creates.
	target: () => 'all',
	async execute(context, { workflowJson }) {
		const created = await createWorkflow(context, await workflowFrom(context, workflowJson));
		return (await presentWorkflows(context, [created], {})).map((json) => ({ json }));
	},
});
