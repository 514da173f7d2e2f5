import { defineOperation } from '../../../toolkit/operation';
import { limitOf, returnAllOrLimit } from '../shared/returnAllOrLimit';
import { withShareUrl } from '../shared/withShareUrl';

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many share link bundles',
	description: 'Retrieve a list of bundles, newest first',
	access: 'read',
	needs: 'shareLinkBundles',
	parameters: [
		...returnAllOrLimit,
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
	async execute({ api, webUrl }, { status, ...listing }) {
		const query = { ordering: '-created', ...(status !== 'any' && { status }) };
		const bundles = await api.shareLinkBundles.list(query, {
			pageSize: 1000,
			limit: limitOf(listing),
		});
		return bundles.map((bundle) => ({ json: withShareUrl(bundle, webUrl) }));
	},
});
