import type { ShareLinkBundle } from '../../../api/shareLinks';
import type { Context, Json } from '../../../toolkit/operation';
import { rootsOf } from '../shared/rootsOf';
import { withShareUrl } from '../shared/withShareUrl';

/** Bundles as output items, with their documents and the versions that they hold of them. */
export async function presentBundles(
	{ api, webUrl }: Context,
	bundles: readonly ShareLinkBundle[],
): Promise<Json[]> {
	const root = await rootsOf(
		api,
		bundles.flatMap(({ documents }) => documents),
	);
	return bundles.map((bundle) => ({
		...withShareUrl(bundle, webUrl),
		documents: bundle.documents.map(root),
		versions: bundle.documents,
	}));
}
