import { defineOperation } from '../../../toolkit/operation';
import { idFrom } from '../../../documents/documentIds';
import { withUrl } from '../shareLink/fields';
import { bundleIdParameter, ready, waitParameter } from './bundle';

export const rebuild = defineOperation({
	value: 'rebuild',
	name: 'Rebuild',
	action: 'Rebuild share link bundle',
	description: 'Pack the files of a bundle anew',
	access: 'write',
	needs: 'shareLinkBundles',
	parameters: [bundleIdParameter, waitParameter],
	async execute(context, { bundleId, waitUntilReady }) {
		const queued = await context.api.shareLinkBundles.rebuild(
			idFrom(bundleId, 'Bundle ID', 'bundleId'),
		);
		const bundle = waitUntilReady ? await ready(context, queued) : queued;
		return [{ json: withUrl(bundle, context.webUrl) }];
	},
});
