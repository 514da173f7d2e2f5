import { defineOperation } from '../../../toolkit/operation';
import { someChanges } from '../capabilities/editable';
import { chosenId, locatorParameter } from '../capabilities/readable';
import { requireOwn, triggerOptions } from './isOfTrigger';
import { workflowFrom } from './workflowFrom';
import { workflowParameter, workflows } from './workflows';
import { changedOutput, changeWorkflow } from './changeWorkflow';

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update workflow',
	description:
		'Change a workflow; fields that are not given keep their values, and a list of triggers or actions replaces the former one',
	access: 'write',
	parameters: [locatorParameter(workflows), workflowParameter, triggerOptions],
	target: () => 'all',
	async execute(context, values) {
		const { workflowJson, options } = values;
		const given = someChanges(
			await workflowFrom(context, workflowJson),
			'Write what is to change, e.g. {"order": 2}.',
		);
		const workflow = await context.api.workflows.get(await chosenId(context, workflows, values));
		requireOwn(workflow, options);
		return [await changedOutput(context, await changeWorkflow(context, workflow, given))];
	},
});
