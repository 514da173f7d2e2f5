import type { Mail } from '../../../api/documents';
import { asError, isPaperlessError, PaperlessError } from '../../../api/errors';
import { inSentences } from '../../../api/inSentences';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';
import { orMissing } from '../../../documents/documentsById';
import { orLostFile } from '../../../documents/orLostFile';
import { requireDocuments } from '../../../documents/requireDocuments';
import { defineOperation } from '../../../toolkit/operation';
import type { VersionChoice } from '../shared/chosenVersions';
import { chosenVersions } from '../shared/chosenVersions';
import { sendVersions } from '../shared/sendVersions';
import { versionChoiceParameter, versionIdsParameter } from '../shared/versionChoiceParameter';
import { addressesFrom } from './addressesFrom';
import { inOneLine } from './inOneLine';

/** The documents that were sent, each in a mail to itself, are named where a later one fails. */
function withSent(thrown: unknown, id: number, sent: readonly number[]): Error {
	const error = asError(thrown);
	if (!isPaperlessError(error)) return error;
	const { kind, message, description, status, fields } = error;
	if (sent.length === 0 && kind !== 'unavailable') return error;
	const already =
		sent.length > 0 ? `Already sent: ${sent.join(', ')}.` : 'No other document was sent.';
	return new PaperlessError(kind, `Document ${id} was not sent`, {
		description: `${already} The server reported: ${inSentences(message, description)}`,
		status,
		fields,
	});
}

/** Sends the newest files of documents, or those of versions, in one mail. */
const sendFiles = (
	api: PaperlessClient,
	files: ReadonlyArray<{ id: number; version?: number | undefined }>,
	mail: Mail,
): Promise<void> =>
	orLostFile(api, files, [mail.use_archive_version ? 'archived' : 'original'], () =>
		api.documents.email(
			files.map(({ id, version = id }) => version),
			mail,
		),
	);

/** Before 2.19 the server sends one document per mail, so nothing is sent before all are known. */
async function sendOneByOne(api: PaperlessClient, ids: readonly number[], mail: Mail) {
	await requireDocuments(api, ids, { fields: 'id' }, 'documentIds');
	const sent: number[] = [];
	for (const id of ids) {
		try {
			await orMissing(api, [id], 'documentIds', () => sendFiles(api, [{ id }], mail));
			sent.push(id);
		} catch (thrown) {
			throw withSent(thrown, id, sent);
		}
	}
}

/** Returns the ids of the versions that went out; they are the documents' own before 3.0. */
async function send(
	api: PaperlessClient,
	ids: readonly number[],
	choice: VersionChoice,
	mail: Mail,
): Promise<number[]> {
	const server = await api.server();
	if (server.has('documentVersions')) {
		const documents = await requireDocuments(api, ids, { fields: 'id,versions' }, 'documentIds');
		const versions = await chosenVersions(api, documents, choice);
		await orMissing(api, ids, 'documentIds', () =>
			sendVersions(documents, versions, () =>
				sendFiles(
					api,
					documents.map(({ id }, at) => ({ id, version: versions[at] })),
					mail,
				),
			),
		);
		return versions;
	}
	if (choice.version === 'id') server.require('documentVersions');
	if (server.has('emailOfSeveral'))
		await orMissing(api, ids, 'documentIds', () =>
			sendFiles(
				api,
				ids.map((id) => ({ id })),
				mail,
			),
		);
	else await sendOneByOne(api, ids, mail);
	return [...ids];
}

export const email = defineOperation({
	value: 'email',
	name: 'Email',
	action: 'Email documents',
	description:
		'Send documents by e-mail through the server; before Paperless-ngx 2.19 each document is sent in a separate e-mail',
	access: 'write',
	parameters: [
		documentIdsParameter,
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			typeOptions: { isList: true },
			required: true,
			default: '',
			placeholder: 'e.g. ann@example.com',
			description: 'Addresses, separated by commas; every recipient sees all of them',
		},
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Invoices of May',
		},
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Here are the invoices of May.',
			description: 'Plain text',
		},
		versionChoiceParameter,
		versionIdsParameter,
		{
			displayName: 'Attach Original Files',
			name: 'attachOriginals',
			type: 'boolean',
			default: false,
			description: 'Whether to attach the uploaded files instead of the archived PDFs',
		},
	],
	async execute({ api }, { documentIds, version, versionIds, to, ...values }) {
		const { subject, message, attachOriginals } = values;
		const emptyField = [
			{ label: 'Subject', value: subject },
			{ label: 'Message', value: message },
		].find(({ value }) => value.trim() === '');
		if (emptyField) {
			throw new PaperlessError('invalid', `“${emptyField.label}” is empty`, {
				description: 'Paperless-ngx sends no e-mail without a subject and a message.',
			});
		}
		const ids = idsFrom(documentIds, 'Document IDs', 'documentIds');
		const addresses = addressesFrom(to);
		const mail = {
			addresses: addresses.join(','),
			subject: inOneLine(subject),
			message,
			use_archive_version: !attachOriginals,
		};
		const choice = { version, ids: versionIds, label: 'Version IDs', parameter: 'versionIds' };
		const versions = await send(api, ids, choice, mail);
		const hasVersions = (await api.server()).has('documentVersions');
		return [
			{
				json: {
					sent: true,
					documents: ids,
					...(hasVersions && { versions }),
					to: addresses,
				},
			},
		];
	},
});
