import { PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Document } from '../../../api/schemas/document';
import type { FileVersion, ShareLink, ShareLinkDraft } from '../../../api/shareLinks';
import { getDocument } from '../../../documents/getDocument';
import { orMissing } from '../../../documents/documentsById';
import { lostFileIn } from '../../../documents/orLostFile';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { futureInstant } from '../../../toolkit/dates';
import { defineOperation } from '../../../toolkit/operation';
import { simplifyParameter } from '../capabilities/simplify';
import { chosenVersions, versionsOf } from '../shared/chosenVersions';
import { fileVersionParameter } from '../shared/fileVersionParameter';
import { sendVersions } from '../shared/sendVersions';
import { versionChoiceParameter, versionIdParameter } from '../shared/versionChoiceParameter';
import { presentLinks } from './presentLinks';

/**
 * The file to share, which must be there: nobody would tell its author that a link opens nothing. On
 * 2.x a link to an archived file that does not exist responds with 500
 * (docs/paperless-api.md#links-to-archive-files).
 */
async function existingFile(
	api: PaperlessClient,
	document: Document,
	{ file, fileVersion }: { file: number; fileVersion: FileVersion },
): Promise<FileVersion> {
	const { id } = document;
	const version = versionsOf(document).length < 2 ? undefined : file;
	const metadata = await api.documents.metadata(id, version);
	const existing = metadata.has_archive_version === true ? fileVersion : 'original';
	const rendition = existing === 'archive' ? 'archived' : 'original';
	const lost = lostFileIn(metadata, [rendition], id, 'document');
	if (lost) throw lost;
	return existing;
}

const instantOf = (text: string | null | undefined) => (text ? Date.parse(text) : null);

/** A public link that opens something else, or for longer, must not pass for what was asked. */
function requireAsDrafted(link: ShareLink, draft: ShareLinkDraft): void {
	const isAsDrafted =
		link.document === draft.document &&
		link.file_version === draft.file_version &&
		instantOf(link.expiration) === instantOf(draft.expiration);
	if (isAsDrafted) return;
	const { id, document, file_version: file, expiration } = link;
	throw new PaperlessError('unavailable', `Share link ${id} is not as requested`, {
		description: `The server created it for the ${file} file of ${document}, and it expires ${expiration ?? 'never'}. Delete it if that is not what you want.`,
	});
}

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create share link',
	description: 'Create a public link to the file of a document',
	access: 'write',
	parameters: [
		documentParameter,
		versionChoiceParameter,
		versionIdParameter,
		fileVersionParameter,
		{
			displayName: 'Expiration',
			name: 'expiration',
			type: 'dateTime',
			emptyByHand: true,
			default: '',
			description:
				'When the link stops working. Leave the field empty for never; an expression has to yield a date.',
		},
		simplifyParameter,
	],
	async execute(context, { simple, document: locator, version, versionId, ...values }) {
		const { api, now, timeZone } = context;
		const { fileVersion, expiration } = values;
		const expires =
			expiration === '' ? null : futureInstant(expiration, 'Expiration', { now: now(), timeZone });
		const id = await documentId(api, locator);
		const fields = 'id,versions';
		const document = await getDocument(api, id, { fields });
		const [file = id] = await chosenVersions(api, [document], {
			version,
			ids: versionId,
			label: 'Version ID',
			parameter: 'versionId',
		});
		const draft: ShareLinkDraft = {
			document: file,
			expiration: expires,
			file_version: await existingFile(api, document, { file, fileVersion }),
		};
		const link = await orMissing(api, [id], 'document', () =>
			sendVersions([document], [file], () => api.shareLinks.create(draft)),
		);
		requireAsDrafted(link, draft);
		return await presentLinks(context, [link], { simple }, () => id);
	},
});
