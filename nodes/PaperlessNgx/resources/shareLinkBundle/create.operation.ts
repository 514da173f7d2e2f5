import { PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Document } from '../../../api/schemas/document';
import type { BundleDraft, ShareLinkBundle } from '../../../api/shareLinks';
import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';
import { documentsById } from '../../../documents/documentsById';
import { sameIds } from '../../../documents/edit/difference';
import { rejectVersion } from '../../../documents/missingDocuments';
import { defineOperation } from '../../../toolkit/operation';
import { simplifyParameter } from '../capabilities/simplify';
import { chosenVersions } from '../shared/chosenVersions';
import { fileVersionParameter } from '../shared/fileVersionParameter';
import { sendVersions } from '../shared/sendVersions';
import { versionChoiceParameter, versionIdsParameter } from '../shared/versionChoiceParameter';
import { awaitPacked, waitParameter } from './awaitPacked';
import { presentBundles } from './presentBundles';

const day = 24 * 60 * 60 * 1000;

/** The server counts the days from the moment it creates the bundle. */
function expiresAsDrafted({ created, expiration }: ShareLinkBundle, days: number | null): boolean {
	if (days === null || !expiration) return days === null && !expiration;
	const elapsed = Date.parse(expiration) - Date.parse(String(created));
	return Math.abs(elapsed - days * day) < day / 2;
}

/** A public link that opens something else, or for longer, must not pass for what was asked. */
function requireAsDrafted(bundle: ShareLinkBundle, draft: BundleDraft): void {
	const { id, documents, expiration, file_version: file } = bundle;
	const isAsDrafted =
		sameIds(draft.document_ids, documents) &&
		file === draft.file_version &&
		expiresAsDrafted(bundle, draft.expiration_days);
	if (isAsDrafted) return;
	throw new PaperlessError('unavailable', `Share link bundle ${id} is not as requested`, {
		description: `The server created it with the ${String(file)} files of ${documents.join(', ')}, and it expires ${expiration ?? 'never'}. Delete it if that is not what you want.`,
	});
}

/** The server names unknown documents, but accepts the ids of versions. */
async function loadShared(api: PaperlessClient, ids: readonly number[]): Promise<Document[]> {
	const known = await documentsById(api, ids, { fields: 'id,versions' });
	const documents: Document[] = [];
	for (const id of ids) {
		if (!known.has(id)) await rejectVersion(api, id, 'documentIds');
		documents.push(known.get(id) ?? { id });
	}
	return documents;
}

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create share link bundle',
	description: 'Create one public link to a ZIP of the files of several documents',
	access: 'write',
	needs: 'shareLinkBundles',
	parameters: [
		documentIdsParameter,
		versionChoiceParameter,
		versionIdsParameter,
		fileVersionParameter,
		{
			displayName: 'Expires After (Days)',
			name: 'expirationDays',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description: 'Number of days after which the link stops working; 0 for never',
		},
		simplifyParameter,
		waitParameter,
	],
	async execute(context, { documentIds, version, versionIds, fileVersion, ...values }) {
		const { api } = context;
		const { expirationDays, waitUntilReady } = values;
		const ids = idsFrom(documentIds, 'Document IDs', 'documentIds');
		const documents = await loadShared(api, ids);
		const draft: BundleDraft = {
			document_ids: await chosenVersions(api, documents, {
				version,
				ids: versionIds,
				label: 'Version IDs',
				parameter: 'versionIds',
			}),
			expiration_days: expirationDays === 0 ? null : expirationDays,
			file_version: fileVersion,
		};
		const created = await sendVersions(documents, draft.document_ids, () =>
			api.shareLinkBundles.create(draft),
		);
		requireAsDrafted(created, draft);
		const bundle = waitUntilReady ? await awaitPacked(context, created) : created;
		return await presentBundles(context, [bundle], values);
	},
});
