import type { ShareLinkBundle } from '../../../api/shareLinks';
import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { deleteLink } from '../shared/deleteLink';
import { accessUnlessDry, deletionNotice, dryDeletionParameter } from '../shared/dryRun';
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
		const id = idFrom(bundleId, 'Bundle ID', 'bundleId');
		const describe = (bundle: ShareLinkBundle) =>
			presentBundles(context, [bundle], { simple: true });
		return await deleteLink(
			context.api.shareLinkBundles,
			'Share link bundle',
			id,
			dryRun ? describe : undefined,
		);
	},
});
