import type { ShareLink } from '../../../api/shareLinks';
import type { Context, Json } from '../../../toolkit/operation';
import { rootsOf } from '../shared/rootsOf';
import { withShareUrl } from '../shared/withShareUrl';

/**
 * Links as output items, with the document and, from Paperless-ngx 3.0 on, the version that they
 * open. `rootOf` is left out where the documents are not known yet.
 */
export async function presentLinks(
	{ api, webUrl }: Context,
	links: readonly ShareLink[],
	rootOf?: (version: number) => number,
): Promise<Json[]> {
	const hasVersions = (await api.server()).has('documentVersions');
	const ids = links.map(({ document }) => document);
	const root = rootOf ?? (await rootsOf(api, ids));
	return links.map((link) => ({
		...withShareUrl(link, webUrl),
		...(hasVersions && { document: root(link.document), version: link.document }),
	}));
}
