import { z } from 'zod';
import { withoutPassword } from './withoutPassword';

/** Users have a `username`; the client calls it `name` as for every other kind. */
export const userSchema = z
	.object({
		id: z.number(),
		username: z.string(),
		password: z.unknown(),
		groups: z.array(z.number()).optional(),
		is_active: z.boolean().optional(),
	})
	.passthrough()
	.transform((user) => withoutPassword({ ...user, name: user.username }));

export type User = z.infer<typeof userSchema>;

export type UserDraft = {
	name?: string;
	/** The server ignores asterisks. */
	password?: string;
	email?: string;
	first_name?: string;
	last_name?: string;
	is_active?: boolean;
	/** Shown as “Admin” in the web interface. */
	is_staff?: boolean;
	is_superuser?: boolean;
	/** Replaces all memberships. */
	groups?: number[];
	/** Replaces all permissions; those of groups are not among them. */
	user_permissions?: string[];
};
