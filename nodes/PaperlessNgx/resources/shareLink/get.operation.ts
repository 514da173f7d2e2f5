import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { simplifyParameter } from '../capabilities/simplify';
import { presentLinks } from './presentLinks';
import { shareLinkIdParameter } from './shareLinkIdParameter';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get share link',
	description: 'Retrieve a public link by its ID',
	access: 'read',
	parameters: [shareLinkIdParameter, simplifyParameter],
	async execute(context, { simple, shareLinkId }) {
		const id = idFrom(shareLinkId, 'Share Link ID', 'shareLinkId');
		const link = await context.api.shareLinks.get(id);
		return await presentLinks(context, [link], { simple });
	},
});
