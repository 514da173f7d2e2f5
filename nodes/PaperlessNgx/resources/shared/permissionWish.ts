import { PaperlessError } from '../../../api/errors';
import type { Permissions } from '../../../api/schemas/document';
import { noGrants } from '../../../api/grants';
import type { Context } from '../../../toolkit/operation';
import { optionsOf } from '../../../toolkit/optionsOf';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { oneOf, optionsParameter } from '../../../toolkit/parameterBuilders';
import { optionalReference } from '../../../toolkit/references';
import { mergeParameter, ownerFrom, permissionsFrom, permissionsParameter } from './permissions';

const clearable = {
	owner: {
		label: 'Owner',
		description: 'It belongs to nobody, and every user may see and change it',
	},
	permissions: { label: 'Permissions', description: 'Removes what was granted to others' },
} as const;

/** Of the operations that set permissions and nothing else. */
export const permissionWishParameters = [
	permissionsParameter,
	optionsParameter([
		{
			displayName: 'Clear',
			name: 'clear',
			type: 'multiOptions',
			options: optionsOf(clearable),
			default: [],
			description: 'What to remove; an empty value elsewhere changes nothing',
		},
		mergeParameter,
		oneOf('Owner', 'owner', 'searchUsers', 'clara'),
	]),
] as const satisfies readonly Parameter[];

/** What an item asks for. An owner that is left out stays; the owner null is nobody. */
export type PermissionWish = { permissions?: Permissions; merge: boolean; owner?: number | null };

const contradiction = (label: string, parameter: string) =>
	new PaperlessError('invalid', `“${label}” is both set and cleared`, {
		description: 'Remove the field, or its entry under “Clear”.',
		parameter,
	});

export async function permissionWishFrom(
	context: Context,
	{ options, permissions }: ValuesOf<typeof permissionWishParameters>,
): Promise<PermissionWish> {
	const { clear = [], merge = mergeParameter.default } = options;
	const reference = optionalReference(options.owner, 'Owner');
	const grants = await permissionsFrom(context, permissions);
	const [clearsOwner, clearsGrants] = [clear.includes('owner'), clear.includes('permissions')];
	if (clearsOwner && reference !== undefined) throw contradiction('Owner', 'owner');
	if (clearsGrants && grants) throw contradiction('Permissions', 'permissions');
	if (clearsGrants && merge) {
		throw new PaperlessError('invalid', '“Merge” keeps the permissions that “Clear” removes', {
			description: 'Switch off “Merge”, or remove “Permissions” under “Clear”.',
			parameter: 'merge',
		});
	}
	if (!grants && reference === undefined && clear.length === 0) {
		throw new PaperlessError('invalid', 'No permission is set', {
			description: 'Add one under “Permissions”, or an owner under “Options”.',
		});
	}
	return {
		merge,
		...(grants && { permissions: grants }),
		...(clearsGrants && { permissions: noGrants }),
		...(reference !== undefined && { owner: await ownerFrom(context, reference) }),
		...(clearsOwner && { owner: null }),
	};
}
