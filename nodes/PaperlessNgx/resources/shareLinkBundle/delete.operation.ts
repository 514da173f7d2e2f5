import { PaperlessError } from '../../../api/errors';
import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { isGone } from '../shared/isGone';
import { bundleIdParameter } from './bundleIdParameter';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete share link bundle',
	description: 'Delete a bundle; its link stops working at once',
	access: 'write',
	needs: 'shareLinkBundles',
	parameters: [bundleIdParameter],
	async execute({ api }, { bundleId }) {
		const id = idFrom(bundleId, 'Bundle ID', 'bundleId');
		await api.shareLinkBundles.delete(id);
		if (await isGone(api.shareLinkBundles, id)) return [{ json: { deleted: true, id } }];
		throw new PaperlessError('unavailable', `Share link bundle ${id} was not deleted`, {
			description: 'The server reported success, yet its link still works; its log says why.',
		});
	},
});
