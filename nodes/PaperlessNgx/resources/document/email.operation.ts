import { PaperlessError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';
import { orMissing } from '../../../documents/locate';
import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';

/** The server takes bare addresses only; a bad one refuses the whole mail (§3.4). */
function addressesFrom(text: string): string {
	const addresses = text
		.split(/[,;\n]/)
		.map((address) => address.trim())
		.filter(Boolean);
	const bad = addresses.find((address) => !/^[^\s@<>]+@[^\s@<>]+$/.test(address));
	if (addresses.length > 0 && bad === undefined) return addresses.join(',');
	throw new PaperlessError(
		'invalid',
		bad === undefined ? '“To” is empty' : `“${bad}” is not an e-mail address`,
		{
			description:
				'Write bare addresses separated by commas, e.g. ann@example.com, bob@example.com.',
			parameter: 'to',
		},
	);
}

export const email = defineOperation({
	value: 'email',
	name: 'Email',
	action: 'Email documents',
	description:
		'Send documents by e-mail through the server; before Paperless-ngx 2.19 each goes out in a mail of its own',
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
			description: 'Addresses, separated by commas; all of them see each other',
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
			description: 'Whether to attach the files as they were uploaded instead of the archived PDFs',
		},
	],
	async execute({ api }, { documentIds, to, subject, message, attachOriginals }) {
		if (subject.trim() === '' || message.trim() === '') {
			throw new PaperlessError(
				'invalid',
				`“${subject.trim() === '' ? 'Subject' : 'Message'}” is empty`,
				{
					description: 'Paperless-ngx sends no mail without subject and message.',
				},
			);
		}
		const ids = idsFrom(documentIds, 'Document IDs', 'documentIds');
		const addresses = addressesFrom(to);
		const mail = {
			addresses,
			subject: subject.replace(/\s*[\r\n]+\s*/g, ' '),
			message,
			use_archive_version: !attachOriginals,
		};
		await orMissing(api, ids, 'documentIds', async () => await api.documents.email(ids, mail));
		return [{ json: { sent: true, documents: ids, to: addresses.split(',') } }];
	},
});
