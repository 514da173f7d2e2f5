import { PaperlessError } from '../../../api/errors';
import type { ShareLinkBundle } from '../../../api/shareLinks';
import type { Parameter } from '../../../toolkit/parameter';
import type { Context } from '../../../toolkit/operation';

export const bundleIdParameter = {
	displayName: 'Bundle ID',
	name: 'bundleId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 3',
} as const satisfies Parameter;

export const waitParameter = {
	displayName: 'Wait Until Ready',
	name: 'waitUntilReady',
	type: 'boolean',
	default: true,
	description: 'Whether to wait until the server has packed the files',
} as const satisfies Parameter;

const patience = 300_000;

/** The server packs in the background; a bundle that is not ready in time comes back as it is. */
export async function ready(
	{ api, now }: Context,
	bundle: ShareLinkBundle,
): Promise<ShareLinkBundle> {
	const deadline = now() + patience;
	let current = bundle;
	for (
		let pause = 500;
		/pending|processing/.test(current.status) && now() < deadline;
		pause *= 1.5
	) {
		await api.wait(Math.min(pause, 5000));
		current = await api.shareLinkBundles.get(bundle.id);
	}
	if (current.status !== 'failed') return current;
	throw new PaperlessError('unavailable', `Paperless-ngx could not pack the bundle ${current.id}`, {
		description: `${JSON.stringify(current.last_error ?? '')} Use “Rebuild” to try again.`,
	});
}
