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
		const { api } = context;
		const id = idFrom(shareLinkId, 'Share Link ID', 'shareLinkId');
		if (dryRun) {
			const [link] = await presentLinks(context, [await api.shareLinks.get(id)]);
			return [{ json: notYetDeleted({ id, ...link }) }];
		}
		await api.shareLinks.delete(id);
		if (await isGone(api.shareLinks, id)) return [{ json: { deleted: true, id } }];
		throw new PaperlessError('unavailable', `Share link ${id} was not deleted`, {
			description: 'The server reported success, yet the link still works; its log says why.',
		});
	},
});
