import { z } from 'zod';
import { collection } from './collection';
import type { Connection } from './connection';
import type { MailAccount, MailAccountDraft } from './schemas/mailAccount';
import { mailAccountSchema } from './schemas/mailAccount';

/** Stands for the password that the server knows (docs/paperless-api.md#passwords). */
const samePassword = '**********';

export function mailAccounts(connection: Connection) {
	const rows = collection<MailAccount, MailAccountDraft>(
		connection,
		'mail_accounts',
		mailAccountSchema,
	);
	return {
		...rows,
		/** Starts the fetching of new mails (docs/paperless-api.md#fetched-mails). */
		async process(id: number): Promise<void> {
			const reply = z.object({ result: z.string() });
			await connection.send('POST', `${rows.path}${id}/process/`, undefined, reply);
		},
		/**
		 * Lets the server log in to the mail server. A login that fails is rejected (400), and a mail
		 * server that cannot be reached crashes the request (docs/paperless-api.md#mail-tests).
		 */
		async test(account: MailAccount): Promise<void> {
			const { imap_server, imap_port, imap_security, username, character_set, is_token } = account;
			const known = { imap_server, imap_port, imap_security, username, character_set, is_token };
			const json = { ...known, id: account.id, name: account.name, password: samePassword };
			const reply = z.object({ success: z.literal(true) });
			await connection.send('POST', `${rows.path}test/`, { json }, reply);
		},
	};
}
