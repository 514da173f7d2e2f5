import { defineOperation } from '../../../toolkit/operation';
import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';
import { fileVersionParameter, withUrl } from '../shareLink/fields';
import { ready, waitParameter } from './bundle';

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create share link bundle',
	description: 'Make one public link to the files of several documents, as a ZIP',
	access: 'write',
	needs: 'shareLinkBundles',
	parameters: [
		documentIdsParameter,
		fileVersionParameter,
		{
			displayName: 'Expires After (Days)',
			name: 'expirationDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Number of days after which the link stops working; 0 for never',
		},
		waitParameter,
	],
	async execute(context, { documentIds, fileVersion, expirationDays, waitUntilReady }) {
		const created = await context.api.shareLinkBundles.create({
			document_ids: idsFrom(documentIds, 'Document IDs', 'documentIds'),
			expiration_days: expirationDays === 0 ? null : expirationDays,
			file_version: fileVersion,
		});
		const bundle = waitUntilReady ? await ready(context, created) : created;
		return [{ json: withUrl(bundle, context.webUrl) }];
	},
});
