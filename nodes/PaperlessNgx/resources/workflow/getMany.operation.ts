import { defineOperation } from '../../../toolkit/operation';
import { returnAllOrLimit } from '../shared/returnAllOrLimit';
import { upToLimit } from '../shared/upToLimit';
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
		const rows = await upToLimit(context, listing, 'workflows', (options) =>
			context.api.workflows.list({}, { pageSize: 1000, ...options }),
		);
		return (await presentWorkflows(context, rows, options)).map((json) => ({ json }));
	},
});
