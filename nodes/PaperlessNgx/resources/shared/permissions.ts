import type { Permissions } from '../../../api/schemas/document';
import { namesOrIds } from '../../../toolkit/choices';
import type { Context } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameters';
import { toReferences } from '../../../toolkit/references';

export const permissionsParameter = {
	displayName: 'Permissions',
	name: 'permissions',
	type: 'collection',
	placeholder: 'Add Permission',
	default: {},
	description: 'Who else may see or change it; whoever may change it may see it too',
	options: [
		namesOrIds('Change Group Names or IDs', 'changeGroups', 'getGroups'),
		namesOrIds('Change User Names or IDs', 'changeUsers', 'getUsers'),
		namesOrIds('View Group Names or IDs', 'viewGroups', 'getGroups'),
		namesOrIds('View User Names or IDs', 'viewUsers', 'getUsers'),
	],
} as const satisfies Parameter;

type PermissionValues = ValuesOf<readonly [typeof permissionsParameter]>['permissions'];

/** Grants by id; a list that is not set is left alone by the server. */
export async function permissionsFrom(
	{ names }: Context,
	values: PermissionValues,
): Promise<Permissions | undefined> {
	const { changeGroups, changeUsers, viewGroups, viewUsers } = values;
	const grants = async (users: unknown, groups: unknown, action: 'view' | 'change') => ({
		...(users !== undefined && {
			users: await names.ids('user', toReferences(users, 'Users'), `${action}Users`),
		}),
		...(groups !== undefined && {
			groups: await names.ids('group', toReferences(groups, 'Groups'), `${action}Groups`),
		}),
	});
	const permissions = {
		...((viewUsers ?? viewGroups) !== undefined && {
			view: await grants(viewUsers, viewGroups, 'view'),
		}),
		...((changeUsers ?? changeGroups) !== undefined && {
			change: await grants(changeUsers, changeGroups, 'change'),
		}),
	};
	return Object.keys(permissions).length > 0 ? permissions : undefined;
}
