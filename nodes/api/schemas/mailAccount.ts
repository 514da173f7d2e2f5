import { z } from 'zod';
import type { Permissions } from './document';

/** The server sends asterisks in place of the password (docs/paperless-api.md#passwords). */
export const mailAccountSchema = z
	.object({ id: z.number(), name: z.string(), password: z.unknown() })
	.passthrough()
	.transform((account) => {
		const shown = { ...account };
		delete shown.password;
		return shown;
	});

export type MailAccount = z.infer<typeof mailAccountSchema>;

export type MailAccountDraft = {
	name?: string;
	imap_server?: string;
	imap_port?: number | null;
	/** 1 none, 2 SSL, 3 STARTTLS. */
	imap_security?: number;
	username?: string;
	/** The server ignores asterisks in a change. */
	password?: string;
	is_token?: boolean;
	character_set?: string;
	owner?: number | null;
	set_permissions?: Permissions;
};
