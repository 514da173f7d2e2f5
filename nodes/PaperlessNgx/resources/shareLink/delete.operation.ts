import { PaperlessError } from '../../../api/errors';
import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { isGone } from '../shared/isGone';
import { shareLinkIdParameter } from './shareLinkIdParameter';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete share link',
	description: 'Delete a public link; the link stops working at once',
	access: 'write',
	parameters: [shareLinkIdParameter],
	async execute({ api }, { shareLinkId }) {
		const id = idFrom(shareLinkId, 'Share Link ID', 'shareLinkId');
		await api.shareLinks.delete(id);
		if (await isGone(api.shareLinks, id)) return [{ json: { deleted: true, id } }];
		throw new PaperlessError('unavailable', `Share link ${id} was not deleted`, {
			description: 'The server reported success, yet the link still works; its log says why.',
		});
	},
});
