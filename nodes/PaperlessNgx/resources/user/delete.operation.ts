import { asError, isPaperlessError, PaperlessError } from '../../../api/errors';
import type { User } from '../../../api/schemas/user';
import { each } from '../../../api/together';
import type { Context } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { notice, optionsParameter } from '../../../toolkit/parameterBuilders';
import type { ChosenRow } from '../capabilities/deleteChosen';
import { deleteChosen } from '../capabilities/deleteChosen';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import { accessUnlessDry, deletionNotice, dryDeletionParameter } from '../shared/dryRun';
import { ownedBy } from './ownedBy';
import { users } from './users';

const options = optionsParameter([
	{
		displayName: 'Delete Although Documents Belong to the User',
		name: 'deleteOwner',
		type: 'boolean',
		default: false,
		description:
			'Whether to delete a user who owns documents, tags or the like; these then belong to nobody, and every user may see and change them',
	},
]);

const ownerNotice = notice(
	'ownerNotice',
	'What belongs to the user belongs to nobody afterwards: every user may see and change it.',
	{ dryRun: [false], '/options.deleteOwner': [true] },
);

const waysOut =
	'Give them to another user first, or switch on “Delete Although Documents Belong to the User”. To keep the user but lock the user out, use Update with “Active” switched off.';

type Self = { id?: unknown; isSuperuser: boolean; mayDelete: boolean };

/** The token’s user, as far as the server says who it is. */
const tokensUser = ({ api }: Context): Promise<Self> =>
	api.system.currentUser().then(
		({ user, permissions }) => ({
			id: user.id,
			isSuperuser: user.is_superuser === true,
			mayDelete: permissions.includes('delete_user'),
		}),
		(thrown: unknown) => {
			if (isPaperlessError(thrown, 'forbidden')) return { isSuperuser: false, mayDelete: true };
			throw thrown;
		},
	);

/** Rejects the deletion of the token’s own user, which nobody could verify afterwards. */
function requireOther({ id, name }: User, self: Self): void {
	if (id !== self.id) return;
	throw new PaperlessError('invalid', `The token belongs to the user “${name}”`, {
		description: 'A user cannot delete itself with its own token. Use the token of another user.',
	});
}

/**
 * Rejects the deletion of a user who owns something: it would belong to nobody afterwards
 * (docs/paperless-api.md#deleted-users).
 */
async function requireNoOwner(
	{ id, name }: User,
	self: Self,
	ownedOf: (id: number) => Promise<string[]>,
): Promise<void> {
	// The server then rejects the deletion and says which permission is missing.
	if (!self.mayDelete) return;
	if (!self.isSuperuser) {
		throw new PaperlessError(
			'invalid',
			`The token’s user cannot see whether documents belong to the user “${name}”`,
			{
				description: `Only a superuser sees all of them. Use the token of a superuser. ${waysOut}`,
			},
		);
	}
	const found = await ownedOf(id);
	if (found.length === 0) return;
	throw new PaperlessError('invalid', `Documents or other things belong to the user “${name}”`, {
		description: `They are: ${found.join(', ')}. Without the user, every user may see and change them. ${waysOut}`,
	});
}

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete user',
	description: 'Delete a user permanently, with the token; a user who owns documents is kept',
	access: accessUnlessDry,
	destroys: () => true,
	parameters: [
		locatorParameter(users),
		deletionNotice('Deleting a user cannot be undone.'),
		dryDeletionParameter,
		options,
		ownerNotice,
	],
	async executeAll(context, calls) {
		const self = await tokensUser(context);
		const ownedOf = ownedBy(context);
		const chosen: Array<ChosenRow<'user'> | Error> = [];
		for (const { values } of calls) {
			const found = chosenRow(context, users, values).then(async (row) => {
				requireOther(row, self);
				if (!values.options.deleteOwner) await requireNoOwner(row, self, ownedOf);
				return { row, dryRun: values.dryRun };
			});
			chosen.push(await found.catch(asError));
		}
		return await deleteChosen(context, users, chosen, {
			send: (ids) => each(ids, (id) => context.api.users.delete(id)),
			// Only a superuser sees all of it.
			losses: async (_context, { id }) =>
				self.isSuperuser ? { left_without_owner: await ownedOf(id) } : {},
		});
	},
});
