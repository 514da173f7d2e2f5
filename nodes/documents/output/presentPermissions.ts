import type { Context, Json } from '../../toolkit/operation';
import type { Parameter } from '../../toolkit/parameter';
import { grantsOf } from '../../api/grants';
import { namingOf } from './namingOf';

export const includePermissions = {
	displayName: 'Include Permissions',
	name: 'includePermissions',
	type: 'boolean',
	default: false,
	description:
		'Whether to include the owner and who else may see or change it, by name. Names need a token whose user may see users and groups.',
} as const satisfies Parameter;

type Row = Readonly<Record<string, unknown>>;

type Permissions = {
	owner: string | number | null;
	permissions: Json;
	/** Which of them are ids, because the token’s user may not see their names. */
	permissions_by_id?: string[];
};

/** Owner and grants by name, of rows that were read with `full_perms`. */
export async function presentPermissions(
	context: Context,
	rows: readonly Row[],
): Promise<(row: Row) => Permissions> {
	const owners = rows.map(({ owner }) => owner);
	const { nameOf, named, unnamed } = await namingOf(context, rows.map(grantsOf), owners);
	return (row) => ({
		owner: typeof row.owner === 'number' ? nameOf('users', row.owner) : null,
		permissions: named(grantsOf(row)),
		...(unnamed.length > 0 && { permissions_by_id: unnamed }),
	});
}
