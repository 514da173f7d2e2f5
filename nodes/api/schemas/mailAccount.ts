import { z } from 'zod';
import type { Permissions } from './document';
import { withoutPassword } from './withoutPassword';

export const mailAccountSchema = z
	.object({ id: z.number(), name: z.string(), password: z.unknown() })
	.passthrough()
	.transform(withoutPassword);

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
