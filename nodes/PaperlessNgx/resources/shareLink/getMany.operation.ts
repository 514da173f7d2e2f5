import type { PaperlessClient } from '../../../api/paperlessClient';
import type { ShareLink } from '../../../api/shareLinks';
import { getDocument } from '../../../documents/getDocument';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { simplifyParameter } from '../capabilities/simplify';
import { versionsOf } from '../shared/chosenVersions';
import { returnAllOrLimit } from '../shared/returnAllOrLimit';
import { upToLimit } from '../shared/upToLimit';
import { presentLinks } from './presentLinks';
import { unlessForbidden } from '../../../api/unlessForbidden';

const newestFirst = (a: ShareLink, b: ShareLink) =>
	Date.parse(b.created) - Date.parse(a.created) || b.id - a.id;

/** The server lists the links of one version only (docs/paperless-api.md#files-of-versions). */
async function linksOf(api: PaperlessClient, id: number): Promise<ShareLink[]> {
	if (!(await api.server()).has('documentVersions')) return await api.shareLinks.ofDocument(id);
	const versions = versionsOf(await getDocument(api, id, { fields: 'id,versions' }));
	const ids = versions.length > 0 ? versions.map((version) => version.id) : [id];
	const links = await Promise.all(
		ids.map((version) =>
			version === id
				? api.shareLinks.ofDocument(version)
				: // Later versions may be open to the owner only, and so are links to them.
					unlessForbidden(api.shareLinks.ofDocument(version), []),
		),
	);
	return links.flat().sort(newestFirst);
}

const plural = 'share links';

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many share links',
	description: 'Retrieve a list of public links, of one document or of all',
	access: 'read',
	parameters: [
		{
			displayName: 'Of',
			name: 'scope',
			type: 'options',
			options: [
				{ name: 'All Documents', value: 'all', description: 'Includes expired links' },
				{
					name: 'One Document',
					value: 'document',
					description: 'Links to all versions of the document; excludes expired links',
				},
			],
			default: 'all',
		},
		{ ...documentParameter, displayOptions: { show: { scope: ['document'] } } },
		...returnAllOrLimit,
		simplifyParameter,
	],
	async execute(context, { simple, scope, document, ...listing }) {
		const { api } = context;
		if (scope === 'all') {
			const links = await upToLimit(context, listing, plural, (options) =>
				api.shareLinks.list({}, { pageSize: 1000, ...options }),
			);
			return await presentLinks(context, links, { simple });
		}
		const id = await documentId(api, document);
		const links = await upToLimit(context, listing, plural, () => linksOf(api, id));
		return await presentLinks(context, links, { simple }, () => id);
	},
});
