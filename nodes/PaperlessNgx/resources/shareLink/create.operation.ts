import { instant } from '../../../toolkit/dates';
import { defineOperation } from '../../../toolkit/operation';
import { documentId, documentParameter } from '../../../documents/locate';
import { existingVersion, fileVersionParameter, withUrl } from './fields';

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create share link',
	description: 'Make a public link to the file of a document',
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
			file_version: existingVersion(fileVersion, Boolean(archived_file_name)),
		});
		return [{ json: withUrl(link, webUrl) }];
	},
});
