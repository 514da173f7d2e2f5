import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';
import { defineOperation } from '../../../toolkit/operation';
import { fileVersionParameter } from '../shared/fileVersionParameter';
import { withShareUrl } from '../shared/withShareUrl';
import { awaitPacked, waitParameter } from './awaitPacked';

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create share link bundle',
	description: 'Create one public link to a ZIP of the files of several documents',
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
		const bundle = waitUntilReady ? await awaitPacked(context, created) : created;
		return [{ json: withShareUrl(bundle, context.webUrl) }];
	},
});
