import { PaperlessError } from '../../../api/errors';
import type { ShareLinkBundle } from '../../../api/shareLinks';
import { until } from '../../../api/until';
import type { Context } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';

export const waitParameter = {
	displayName: 'Wait Until Ready',
	name: 'waitUntilReady',
	type: 'boolean',
	default: true,
	description: 'Whether to wait until the server has packed the files',
} as const satisfies Parameter;

const pace = { first: 500, longest: 5_000, timeout: 300_000 };

const isPacking = ({ status }: ShareLinkBundle) => /pending|processing/.test(status);

/**
 * The server packs in the background. A bundle that is not ready in time is returned as it is;
 * throws PaperlessError `unavailable` when the server could not pack the files.
 */
export async function awaitPacked(
	{ api, now }: Context,
	bundle: ShareLinkBundle,
): Promise<ShareLinkBundle> {
	let current = bundle;
	if (isPacking(bundle)) {
		await until(
			{ wait: api.wait, now },
			async () => {
				current = await api.shareLinkBundles.get(bundle.id);
				return isPacking(current) ? undefined : current;
			},
			pace,
		);
	}
	if (current.status !== 'failed') return current;
	throw new PaperlessError('unavailable', `Paperless-ngx could not pack the bundle ${current.id}`, {
		description: `${JSON.stringify(current.last_error ?? '')} Use “Rebuild” to try again.`,
	});
}
