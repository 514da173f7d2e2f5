import { defineOperation } from '../../../toolkit/operation';
import { chosenId, locatorParameter } from '../capabilities/readable';
import { presentWorkflows } from './presentWorkflows';
import { secretsParameter } from './secretsParameter';
import { workflows } from './workflows';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get workflow',
	description: 'Retrieve a workflow by its name or ID, with names in place of IDs',
	access: 'read',
	parameters: [locatorParameter(workflows), secretsParameter],
	async execute(context, values) {
		const workflow = await context.api.workflows.get(await chosenId(context, workflows, values));
		return (await presentWorkflows(context, [workflow], values.options)).map((json) => ({ json }));
	},
});
