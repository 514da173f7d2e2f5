import { defineOperation } from '../../../toolkit/operation';
import { idFrom } from '../../../documents/documentIds';
import { withUrl } from '../shareLink/fields';
import { bundleIdParameter } from './bundle';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get share link bundle',
	description: 'Retrieve a bundle by its ID, with its state and link',
	access: 'read',
	needs: 'shareLinkBundles',
	parameters: [bundleIdParameter],
	async execute({ api, webUrl }, { bundleId }) {
		const bundle = await api.shareLinkBundles.get(idFrom(bundleId, 'Bundle ID', 'bundleId'));
		return [{ json: withUrl(bundle, webUrl) }];
	},
});
