import { defineOperation } from '../../../toolkit/operation';
import { simplifyParameter } from '../capabilities/simplify';
import { returnAllOrLimit } from '../shared/returnAllOrLimit';
import { upToLimit } from '../shared/upToLimit';
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
		const bundles = await upToLimit(context, listing, 'share link bundles', (options) =>
			context.api.shareLinkBundles.list(query, { pageSize: 1000, ...options }),
		);
		return await presentBundles(context, bundles, { simple });
	},
});
