import { PaperlessError } from '../../../api/errors';
import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { simplifyParameter } from '../capabilities/simplify';
import { awaitPacked, waitParameter } from './awaitPacked';
import { bundleIdParameter } from './bundleIdParameter';
import { presentBundles } from './presentBundles';

const notRebuilt = (id: number) =>
	new PaperlessError('unavailable', `Share link bundle ${id} was not packed again`, {
		description: 'The server reported success, yet it kept the old files; its log says why.',
	});

export const rebuild = defineOperation({
	value: 'rebuild',
	name: 'Rebuild',
	action: 'Rebuild share link bundle',
	description: 'Pack the files of a bundle again',
	access: 'write',
	needs: 'shareLinkBundles',
	parameters: [bundleIdParameter, simplifyParameter, waitParameter],
	async execute(context, { simple, bundleId, waitUntilReady }) {
		const { shareLinkBundles } = context.api;
		const id = idFrom(bundleId, 'Bundle ID', 'bundleId');
		const before = await shareLinkBundles.get(id);
		const queued = await shareLinkBundles.rebuild(id);
		// A bundle that is packed anew loses the time of its last packing first.
		if (queued.built_at && queued.built_at === before.built_at) throw notRebuilt(id);
		const bundle = waitUntilReady ? await awaitPacked(context, queued) : queued;
		return await presentBundles(context, [bundle], { simple });
	},
});
