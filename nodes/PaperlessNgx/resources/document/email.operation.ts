import { PaperlessError } from '../../../api/errors';
import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';
import { orMissing } from '../../../documents/documentsById';
import { defineOperation } from '../../../toolkit/operation';
import { addressesFrom } from './addressesFrom';

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
		},
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			description: 'Plain text',
		},
		{
			displayName: 'Attach Original Files',
			name: 'attachOriginals',
			type: 'boolean',
			default: false,
			description: 'Whether to attach the uploaded files instead of the archived PDFs',
		},
	],
	async execute({ api }, { documentIds, to, subject, message, attachOriginals }) {
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
			subject: subject.replace(/\s*[\r\n]+\s*/g, ' '),
			message,
			use_archive_version: !attachOriginals,
		};
		await orMissing(api, ids, 'documentIds', () => api.documents.email(ids, mail));
		return [{ json: { sent: true, documents: ids, to: addresses } }];
	},
});
