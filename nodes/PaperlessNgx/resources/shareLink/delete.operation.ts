import { defineOperation } from '../../../toolkit/operation';
import { idFrom } from '../../../documents/documentIds';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete share link',
	description: 'Delete a public link; it stops working at once',
	access: 'write',
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
	async execute({ api }, { shareLinkId }) {
		const id = idFrom(shareLinkId, 'Share Link ID', 'shareLinkId');
		await api.shareLinks.delete(id);
		return [{ json: { deleted: true, id } }];
	},
});
