import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { withShareUrl } from '../shared/withShareUrl';
import { bundleIdParameter } from './bundleIdParameter';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get share link bundle',
	description: 'Retrieve a bundle by its ID, with its status and link',
	access: 'read',
	needs: 'shareLinkBundles',
	parameters: [bundleIdParameter],
	async execute({ api, webUrl }, { bundleId }) {
		const bundle = await api.shareLinkBundles.get(idFrom(bundleId, 'Bundle ID', 'bundleId'));
		return [{ json: withShareUrl(bundle, webUrl) }];
	},
});
