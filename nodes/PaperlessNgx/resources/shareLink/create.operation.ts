import { documentId, documentParameter } from '../../../documents/documentParameter';
import { instant } from '../../../toolkit/dates';
import { defineOperation } from '../../../toolkit/operation';
import { fileVersionParameter } from '../shared/fileVersionParameter';
import { withShareUrl } from '../shared/withShareUrl';

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create share link',
	description: 'Create a public link to the file of a document',
	access: 'write',
	parameters: [
		documentParameter,
		fileVersionParameter,
		{
			displayName: 'Expiration',
			name: 'expiration',
			type: 'dateTime',
			default: '',
			description: 'When the link stops working; empty for never',
		},
	],
	async execute({ api, timeZone, webUrl }, { document, fileVersion, expiration }) {
		const id = await documentId(api, document);
		const { archived_file_name } = await api.documents.get(id, { fields: 'id,archived_file_name' });
		const link = await api.shareLinks.create({
			document: id,
			expiration: expiration === '' ? null : instant(expiration, 'Expiration', timeZone),
			// On 2.x a link to an archived file that does not exist responds with 500
			// (docs/paperless-api.md#links-to-archive-files).
			file_version: archived_file_name ? fileVersion : 'original',
		});
		return [{ json: withShareUrl(link, webUrl) }];
	},
});
