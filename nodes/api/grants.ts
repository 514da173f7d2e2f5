import type { Permissions } from './schemas/document';
import { isRecord } from './json';

type Members = { users: number[]; groups: number[] };

/** Who may see an object and who may change it, as complete lists of ids. */
export type Grants = { view: Members; change: Members };

export const noGrants: Grants = {
	view: { users: [], groups: [] },
	change: { users: [], groups: [] },
};

const actions = ['view', 'change'] as const;
const sides = ['users', 'groups'] as const;

const everywhere = (
	idsOf: (action: 'view' | 'change', side: 'users' | 'groups') => readonly number[],
): Grants => {
	const members = (action: 'view' | 'change'): Members => ({
		users: [...new Set(idsOf(action, 'users'))].sort((a, b) => a - b),
		groups: [...new Set(idsOf(action, 'groups'))].sort((a, b) => a - b),
	});
	return { view: members('view'), change: members('change') };
};

/** The grants of an object that was read with `full_perms`. */
export function grantsOf({ permissions }: Readonly<Record<string, unknown>>): Grants {
	const given = isRecord(permissions) ? permissions : {};
	return everywhere((action, side) => {
		const members = given[action];
		const ids = isRecord(members) ? members[side] : undefined;
		return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : [];
	});
}

/**
 * The grants that an object should have. A list that is left out stays as it is. Users and groups
 * who may change an object may also see it (docs/paperless-api.md#grants-to-change).
 */
export function grantsAfter(before: Grants, given: Permissions, merge: boolean): Grants {
	const wanted = everywhere((action, side) => {
		const ids = given[action]?.[side];
		return ids === undefined || merge ? [...before[action][side], ...(ids ?? [])] : ids;
	});
	return everywhere((action, side) =>
		action === 'view' ? [...wanted.view[side], ...wanted.change[side]] : wanted.change[side],
	);
}

/** Of complete lists, those that are also given. */
export const chosenLists = (
	grants: Record<'view' | 'change', Readonly<Record<'users' | 'groups', readonly number[]>>>,
	given: Permissions,
): Permissions =>
	Object.fromEntries(
		actions.flatMap((action) => {
			const lists = sides
				.filter((side) => given[action]?.[side] !== undefined)
				.map((side) => [side, grants[action][side]]);
			return lists.length > 0 ? [[action, Object.fromEntries(lists)]] : [];
		}),
	);

export const isSameGrants = (a: Grants, b: Grants): boolean =>
	actions.every((action) =>
		sides.every((side) => JSON.stringify(a[action][side]) === JSON.stringify(b[action][side])),
	);
