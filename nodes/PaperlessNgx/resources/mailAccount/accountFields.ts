import type { MailAccountDraft } from '../../../api/schemas/mailAccount';
import { clearedFrom, clearParameter } from '../capabilities/clearParameter';
import type { Editable } from '../capabilities/editable';
import { defineFields } from '../capabilities/editable';
import { clearablePermissions } from '../capabilities/withGrants';
import { clearableOwner, ownerField, ownerIn } from '../shared/ownerField';
import { passwordFrom } from '../shared/passwordFrom';

const clearable = {
	imapPort: { label: 'IMAP Port', field: 'imap_port', empty: null },
	...clearableOwner,
	...clearablePermissions,
} as const;

export const accountFields: Editable<'mailAccount', MailAccountDraft> = {
	kind: 'mailAccount',
	noun: 'mail account',
	plural: 'mail accounts',
	picker: 'searchMailAccounts',
	example: 'Office',
	collection: (api) => api.mailAccounts,
	// The server rejects what is blank in its own words.
	newDraft: (draft) => ({ imap_server: '', username: '', password: '', ...draft }),
	hidden: ['password'],
	hasPermissions: true,
	isShared: true,
	technical: ['account_type', 'character_set', 'expiration', 'imap_security', 'is_token'],
	mainFields: defineFields(
		[
			{
				displayName: 'IMAP Server',
				name: 'imapServer',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. imap.example.com',
			},
			{
				displayName: 'User Name',
				name: 'username',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. office@example.com',
				description: 'Name to log in to the mail server with',
			},
			{
				displayName: 'Password',
				name: 'password',
				type: 'string',
				typeOptions: { password: true },
				required: true,
				default: '',
				placeholder: 'e.g. an app password',
				description: 'Password or access token; it is never part of the output',
			},
		],
		(_context, { imapServer = '', username = '', password }): MailAccountDraft => ({
			...(imapServer.trim() !== '' && { imap_server: imapServer.trim() }),
			...(username.trim() !== '' && { username: username.trim() }),
			...passwordFrom(password),
		}),
	),
	additionalFields: defineFields(
		[
			{
				displayName: 'Character Set',
				name: 'characterSet',
				type: 'string',
				default: 'UTF-8',
				placeholder: 'e.g. UTF-8',
				description: 'Encoding of the searches on the mail server',
			},
			clearParameter(clearable),
			{
				displayName: 'IMAP Port',
				name: 'imapPort',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 65535, numberPrecision: 0 },
				default: 993,
				description: 'By default the usual port for the security',
			},
			{
				displayName: 'IMAP Security',
				name: 'imapSecurity',
				type: 'options',
				options: [
					{ name: 'None', value: 1 },
					{ name: 'SSL', value: 2 },
					{ name: 'STARTTLS', value: 3 },
				],
				default: 2,
			},
			ownerField,
			{
				displayName: 'Password Is Token',
				name: 'isToken',
				type: 'boolean',
				default: false,
				description: 'Whether the password is an access token',
			},
		],
		async (context, values): Promise<MailAccountDraft> => {
			const { characterSet = '', clear = [], imapPort, imapSecurity, isToken } = values;
			const set: MailAccountDraft = {
				...(characterSet.trim() !== '' && { character_set: characterSet.trim() }),
				...(imapPort !== undefined && { imap_port: imapPort }),
				...(imapSecurity !== undefined && { imap_security: imapSecurity }),
				...(isToken !== undefined && { is_token: isToken }),
				...(await ownerIn(context, values)),
			};
			return { ...set, ...clearedFrom(clearable, clear, set) };
		},
	),
};
