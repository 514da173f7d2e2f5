import type { ShareLink } from '../../../api/shareLinks';
import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { deleteLink } from '../shared/deleteLink';
import { accessUnlessDry, deletionNotice, dryDeletionParameter } from '../shared/dryRun';
import { presentLinks } from './presentLinks';
import { shareLinkIdParameter } from './shareLinkIdParameter';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete share link',
	description: 'Delete a public link; the link stops working at once',
	access: accessUnlessDry,
	destroys: () => true,
	parameters: [
		shareLinkIdParameter,
		deletionNotice(
			'Deleting a link cannot be undone. Whoever has the address can no longer open it.',
		),
		dryDeletionParameter,
	],
	async execute(context, { shareLinkId, dryRun }) {
		const id = idFrom(shareLinkId, 'Share Link ID', 'shareLinkId');
		const describe = (link: ShareLink) => presentLinks(context, [link], { simple: true });
		return await deleteLink(
			context.api.shareLinks,
			'Share link',
			id,
			dryRun ? describe : undefined,
		);
	},
});
