import type { Context, Json } from '../../toolkit/operation';
import type { Grants } from '../../api/grants';
import { unlessForbidden } from '../../api/unlessForbidden';

type Holder = 'users' | 'groups';

const kinds = { users: 'user', groups: 'group' } as const;

type Naming = {
	nameOf: (holder: Holder, id: number) => string | number;
	named: (grants: Grants) => Json;
	/** What stays an id, because the token’s user may not see the names. */
	unnamed: Holder[];
};

async function namesOf(
	{ names }: Context,
	holder: Holder,
	ids: readonly number[],
): Promise<Map<number, string> | undefined> {
	return await unlessForbidden(names.namesOf(kinds[holder], ids), undefined);
}

/** Names in place of the ids in these grants, as far as the token’s user may see them. */
export async function namingOf(
	context: Context,
	all: readonly Grants[],
	owners: readonly unknown[] = [],
): Promise<Naming> {
	const idsOf = (holder: Holder) =>
		all.flatMap(({ view, change }) => [...view[holder], ...change[holder]]);
	const ownerIds = owners.filter((id) => typeof id === 'number');
	const [users, groups] = await Promise.all([
		namesOf(context, 'users', [...idsOf('users'), ...ownerIds]),
		namesOf(context, 'groups', idsOf('groups')),
	]);
	const known = { users, groups };
	const nameOf = (holder: Holder, id: number) => known[holder]?.get(id) ?? id;
	const members = (one: Grants['view']) => ({
		users: one.users.map((id) => nameOf('users', id)),
		groups: one.groups.map((id) => nameOf('groups', id)),
	});
	return {
		nameOf,
		named: ({ view, change }) => ({ view: members(view), change: members(change) }),
		unnamed: (['users', 'groups'] as const).filter((holder) => known[holder] === undefined),
	};
}
