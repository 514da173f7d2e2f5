import type { ShareLinkBundle } from '../../../api/shareLinks';
import type { Context, Output } from '../../../toolkit/operation';
import { isSimplified, shown } from '../capabilities/simplify';
import { rootsOf } from '../shared/rootsOf';
import { withShareUrl } from '../shared/withShareUrl';

/** Bundles as output items, with their documents and the versions that they hold of them. */
export async function presentBundles(
	context: Context,
	bundles: readonly ShareLinkBundle[],
	values: { simple: boolean },
): Promise<Output[]> {
	const { api, webUrl } = context;
	const root = await rootsOf(
		api,
		bundles.flatMap(({ documents }) => documents),
	);
	const objects = bundles.map((bundle) => ({
		...withShareUrl(bundle, webUrl),
		documents: bundle.documents.map(root),
		versions: bundle.documents,
	}));
	return await shown(context, objects, isSimplified(context, values), ['built_at']);
}
