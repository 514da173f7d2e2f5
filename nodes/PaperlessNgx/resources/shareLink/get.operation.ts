import { defineOperation } from '../../../toolkit/operation';
import { idFrom } from '../../../documents/documentIds';
import { withUrl } from './fields';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get share link',
	description: 'Retrieve a public link by its ID',
	access: 'read',
	parameters: [
		{
			displayName: 'Share Link ID',
			name: 'shareLinkId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 5',
		},
	],
	async execute({ api, webUrl }, { shareLinkId }) {
		const link = await api.shareLinks.get(idFrom(shareLinkId, 'Share Link ID', 'shareLinkId'));
		return [{ json: withUrl(link, webUrl) }];
	},
});
