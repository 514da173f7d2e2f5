import type { Collection } from './collection';
import { collection } from './collection';
import type { Connection } from './connection';
import type { User, UserDraft } from './schemas/user';
import { userSchema } from './schemas/user';

/** The server calls the name of a user `username`. */
const withUsername = <Draft extends Partial<UserDraft>>({ name, ...draft }: Draft) => ({
	...(name !== undefined && { username: name }),
	...draft,
});

export function userAccounts(connection: Connection): Collection<User, UserDraft> {
	const rows = collection<User, object>(connection, 'users', userSchema);
	return {
		...rows,
		create: (draft) => rows.create(withUsername(draft)),
		update: (id, changes) => rows.update(id, withUsername(changes)),
	};
}
