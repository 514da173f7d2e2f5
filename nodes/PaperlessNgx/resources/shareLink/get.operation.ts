import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { withShareUrl } from '../shared/withShareUrl';
import { shareLinkIdParameter } from './shareLinkIdParameter';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get share link',
	description: 'Retrieve a public link by its ID',
	access: 'read',
	parameters: [shareLinkIdParameter],
	async execute({ api, webUrl }, { shareLinkId }) {
		const link = await api.shareLinks.get(idFrom(shareLinkId, 'Share Link ID', 'shareLinkId'));
		return [{ json: withShareUrl(link, webUrl) }];
	},
});
