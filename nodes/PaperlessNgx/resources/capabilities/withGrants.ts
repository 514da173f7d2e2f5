import { PaperlessError } from '../../../api/errors';
import { noGrants } from '../../../api/grants';
import type { Permissions } from '../../../api/schemas/document';
import type { Context } from '../../../toolkit/operation';
import type { PermissionValues } from '../shared/permissions';
import { permissionsFrom } from '../shared/permissions';

/** For “Clear” of an object whose permissions are set beside its fields. */
export const clearablePermissions = {
	permissions: {
		label: 'Permissions',
		description: 'Removes what was granted to others',
		field: 'set_permissions',
		empty: noGrants,
	},
} as const;

/** The fields of a body with what is granted to others; a parameter that is missing grants nothing. */
export async function withGrants<Fields extends object>(
	context: Context,
	fields: Fields,
	permissions: PermissionValues | undefined,
): Promise<Fields & { set_permissions?: Permissions }> {
	const grants = permissions && (await permissionsFrom(context, permissions));
	if (!grants) return fields;
	if (!('set_permissions' in fields)) return { ...fields, set_permissions: grants };
	throw new PaperlessError('invalid', '“Permissions” is both set and cleared', {
		description: 'Remove the field, or its entry under “Clear”.',
		parameter: 'permissions',
	});
}
