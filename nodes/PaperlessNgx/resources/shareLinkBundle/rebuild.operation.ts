import { idFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { withShareUrl } from '../shared/withShareUrl';
import { awaitPacked, waitParameter } from './awaitPacked';
import { bundleIdParameter } from './bundleIdParameter';

export const rebuild = defineOperation({
	value: 'rebuild',
	name: 'Rebuild',
	action: 'Rebuild share link bundle',
	description: 'Pack the files of a bundle again',
	access: 'write',
	needs: 'shareLinkBundles',
	parameters: [bundleIdParameter, waitParameter],
	async execute(context, { bundleId, waitUntilReady }) {
		const queued = await context.api.shareLinkBundles.rebuild(
			idFrom(bundleId, 'Bundle ID', 'bundleId'),
		);
		const bundle = waitUntilReady ? await awaitPacked(context, queued) : queued;
		return [{ json: withShareUrl(bundle, context.webUrl) }];
	},
});
