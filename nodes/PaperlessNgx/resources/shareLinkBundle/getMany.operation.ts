import { defineOperation } from '../../../toolkit/operation';
import { simplifyParameter } from '../capabilities/simplify';
import { limitOf, returnAllOrLimit } from '../shared/returnAllOrLimit';
import { presentBundles } from './presentBundles';

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many share link bundles',
	description: 'Retrieve a list of bundles, newest first',
	access: 'read',
	needs: 'shareLinkBundles',
	parameters: [
		...returnAllOrLimit,
		simplifyParameter,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Pending', value: 'pending' },
				{ name: 'Processing', value: 'processing' },
				{ name: 'Ready', value: 'ready' },
			],
			default: 'any',
		},
	],
	async execute(context, { simple, status, ...listing }) {
		const query = { ordering: '-created', ...(status !== 'any' && { status }) };
		const bundles = await context.api.shareLinkBundles.list(query, {
			pageSize: 1000,
			limit: limitOf(listing),
		});
		return await presentBundles(context, bundles, { simple });
	},
});
