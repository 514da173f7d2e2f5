import { isPaperlessError } from '../../../api/errors';
import type { Reference } from '../../../api/reference';
import { isChosen } from '../../../api/reference';
import type { Permissions } from '../../../api/schemas/document';
import { namesOrIds } from '../../../toolkit/parameterBuilders';
import type { Context } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { toReferences } from '../../../toolkit/references';

export const permissionsParameter = {
	displayName: 'Permissions',
	name: 'permissions',
	type: 'collection',
	placeholder: 'Add Permission',
	default: {},
	description: 'Who else may see or change it; a user who may change it may also see it',
	options: [
		namesOrIds('Change Group Names or IDs', 'changeGroups', 'getGroups'),
		namesOrIds('Change User Names or IDs', 'changeUsers', 'getUsers'),
		namesOrIds('View Group Names or IDs', 'viewGroups', 'getGroups'),
		namesOrIds('View User Names or IDs', 'viewUsers', 'getUsers'),
	],
} as const satisfies Parameter;

export const mergeParameter = {
	displayName: 'Merge',
	name: 'merge',
	type: 'boolean',
	default: false,
	description: 'Whether to add to the existing permissions instead of replacing them',
} as const satisfies Parameter;

export type PermissionValues = ValuesOf<readonly [typeof permissionsParameter]>['permissions'];

/** The grants by id. The server keeps a list that is left out. Without any grant, `undefined`. */
export async function permissionsFrom(
	{ names }: Context,
	values: PermissionValues,
): Promise<Permissions | undefined> {
	const { changeGroups, changeUsers, viewGroups, viewUsers } = values;
	// An empty list would revoke all grants, but a field left empty means “unchanged”.
	const grants = async (users: unknown, groups: unknown, action: 'view' | 'change') => {
		const label = action === 'view' ? 'View' : 'Change';
		const userIds = await names.ids(
			'user',
			toReferences(users, `${label} User Names or IDs`),
			`${action}Users`,
		);
		const groupIds = await names.ids(
			'group',
			toReferences(groups, `${label} Group Names or IDs`),
			`${action}Groups`,
		);
		return {
			...(userIds.length > 0 && { users: userIds }),
			...(groupIds.length > 0 && { groups: groupIds }),
		};
	};
	const [view, change] = await Promise.all([
		grants(viewUsers, viewGroups, 'view'),
		grants(changeUsers, changeGroups, 'change'),
	]);
	const permissions = {
		...(Object.keys(view).length > 0 && { view }),
		...(Object.keys(change).length > 0 && { change }),
	};
	return Object.keys(permissions).length > 0 ? permissions : undefined;
}

/**
 * The id of the owner. An unknown id makes a bulk edit fail with status 500, so it is verified when
 * the user list is readable.
 */
export async function ownerFrom({ names }: Context, reference: Reference): Promise<number> {
	const user = await names.find('user', reference, 'owner').catch((thrown: unknown) => {
		const isHidden = isPaperlessError(thrown, 'forbidden');
		if (isHidden && typeof reference === 'number') return { id: reference };
		if (isHidden && isChosen(reference)) return { id: reference.id };
		throw thrown;
	});
	return user.id;
}
