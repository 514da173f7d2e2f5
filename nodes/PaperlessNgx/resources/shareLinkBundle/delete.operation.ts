import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
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
		return [{ json: { deleted: true, id } }];
	},
});
