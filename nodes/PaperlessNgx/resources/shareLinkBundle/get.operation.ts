import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { simplifyParameter } from '../capabilities/simplify';
import { bundleIdParameter } from './bundleIdParameter';
import { presentBundles } from './presentBundles';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get share link bundle',
	description: 'Retrieve a bundle by its ID, with its status and link',
	access: 'read',
	needs: 'shareLinkBundles',
	parameters: [bundleIdParameter, simplifyParameter],
	async execute(context, { simple, bundleId }) {
		const id = idFrom(bundleId, 'Bundle ID', 'bundleId');
		const bundle = await context.api.shareLinkBundles.get(id);
		return await presentBundles(context, [bundle], { simple });
	},
});
