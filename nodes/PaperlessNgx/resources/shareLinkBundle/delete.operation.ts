import { PaperlessError } from '../../../api/errors';
import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import {
	accessUnlessDry,
	deletionNotice,
	dryDeletionParameter,
	notYetDeleted,
} from '../shared/dryRun';
import { isGone } from '../shared/isGone';
import { bundleIdParameter } from './bundleIdParameter';
import { presentBundles } from './presentBundles';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete share link bundle',
	description: 'Delete a bundle; its link stops working at once',
	access: accessUnlessDry,
	destroys: () => true,
	needs: 'shareLinkBundles',
	parameters: [
		bundleIdParameter,
		deletionNotice(
			'Deleting a bundle cannot be undone. Whoever has the address can no longer open it.',
		),
		dryDeletionParameter,
	],
	async execute(context, { bundleId, dryRun }) {
		const { api } = context;
		const id = idFrom(bundleId, 'Bundle ID', 'bundleId');
		if (dryRun) {
			const [bundle] = await presentBundles(context, [await api.shareLinkBundles.get(id)]);
			return [{ json: notYetDeleted({ id, ...bundle }) }];
		}
		await api.shareLinkBundles.delete(id);
		if (await isGone(api.shareLinkBundles, id)) return [{ json: { deleted: true, id } }];
		throw new PaperlessError('unavailable', `Share link bundle ${id} was not deleted`, {
			description: 'The server reported success, yet its link still works; its log says why.',
		});
	},
});
