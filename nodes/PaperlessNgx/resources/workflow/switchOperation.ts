import { defineOperation } from '../../../toolkit/operation';
import { chosenId, locatorParameter } from '../capabilities/readable';
import { requireOwn, triggerOptions } from './isOfTrigger';
import { workflows } from './workflows';
import { changedOutput, changeWorkflow } from './changeWorkflow';

type Identity = { value: string; name: string; action: string; description: string };

/** An operation that switches a workflow on or off. */
export const switchOperation = (identity: Identity, enabled: boolean) =>
	defineOperation({
		...identity,
		access: 'write',
		parameters: [locatorParameter(workflows), triggerOptions],
		target: () => 'all',
		async execute(context, values) {
			const workflow = await context.api.workflows.get(await chosenId(context, workflows, values));
			requireOwn(workflow, values.options);
			return [await changedOutput(context, await changeWorkflow(context, workflow, { enabled }))];
		},
	});
