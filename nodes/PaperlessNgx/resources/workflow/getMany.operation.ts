import { defineOperation } from '../../../toolkit/operation';
import { limitOf, returnAllOrLimit } from '../shared/returnAllOrLimit';
import { presentWorkflows } from './presentWorkflows';
import { secretsParameter } from './secretsParameter';

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many workflows',
	description: 'Retrieve a list of workflows in the order in which they run',
	access: 'read',
	parameters: [...returnAllOrLimit, secretsParameter],
	async execute(context, { options, ...listing }) {
		const query = { pageSize: 1000, limit: limitOf(listing) };
		const rows = await context.api.workflows.list({}, query);
		return (await presentWorkflows(context, rows, options)).map((json) => ({ json }));
	},
});
