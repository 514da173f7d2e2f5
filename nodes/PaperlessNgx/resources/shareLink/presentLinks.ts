import type { ShareLink } from '../../../api/shareLinks';
import type { Context, Output } from '../../../toolkit/operation';
import { isSimplified, shown } from '../capabilities/simplify';
import { rootsOf } from '../shared/rootsOf';
import { withShareUrl } from '../shared/withShareUrl';

/**
 * Links as output items, with the document and, from Paperless-ngx 3.0 on, the version that they
 * open. `rootOf` is left out where the documents are not known yet.
 */
export async function presentLinks(
	context: Context,
	links: readonly ShareLink[],
	values: { simple: boolean },
	rootOf?: (version: number) => number,
): Promise<Output[]> {
	const { api, webUrl } = context;
	const hasVersions = (await api.server()).has('documentVersions');
	const ids = links.map(({ document }) => document);
	const root = rootOf ?? (await rootsOf(api, ids));
	const objects = links.map((link) => ({
		...withShareUrl(link, webUrl),
		...(hasVersions && { document: root(link.document), version: link.document }),
	}));
	return await shown(context, objects, isSimplified(context, values));
}
