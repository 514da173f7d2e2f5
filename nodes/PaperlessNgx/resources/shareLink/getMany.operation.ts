import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { limitOf, returnAllOrLimit } from '../shared/returnAllOrLimit';
import { withShareUrl } from '../shared/withShareUrl';

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
				{ name: 'One Document', value: 'document', description: 'Excludes expired links' },
			],
			default: 'all',
		},
		{ ...documentParameter, displayOptions: { show: { scope: ['document'] } } },
		...returnAllOrLimit,
	],
	async execute({ api, webUrl }, { scope, document, ...listing }) {
		const limit = limitOf(listing);
		const links =
			scope === 'document'
				? (await api.shareLinks.ofDocument(await documentId(api, document))).slice(0, limit)
				: await api.shareLinks.list({}, { pageSize: 1000, limit });
		return links.map((link) => ({ json: withShareUrl(link, webUrl) }));
	},
});
