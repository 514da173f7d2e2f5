import type { Context, Json } from '../../../toolkit/operation';
import { optionsParameter } from '../../../toolkit/parameterBuilders';
import {
	includePermissions,
	presentPermissions,
} from '../../../documents/output/presentPermissions';
import type { Query } from '../../../api/httpTransport';
import type { Listed } from './readable';

const options = optionsParameter([includePermissions]);

/** The option of Get and Get Many, where the objects have an owner. */
export const permissionOption = <Row extends { id: number }>({
	hasPermissions = false,
}: Listed<Row>) => (hasPermissions ? [options] : []);

/** Without the option in the panel there is no value for it. */
export type PermissionOption = { options?: { includePermissions?: boolean } };

/** What the option adds to the request for rows, and to the output for a row. */
export function permissionsOf(context: Context, { options = {} }: PermissionOption) {
	const { includePermissions: isWanted = false } = options;
	const query: Query = isWanted ? { full_perms: 'true' } : {};
	const describe = async (rows: readonly object[]): Promise<(row: object) => Json> => {
		if (!isWanted) return () => ({});
		const present = await presentPermissions(
			context,
			rows as ReadonlyArray<Record<string, unknown>>,
		);
		return (row) => {
			const { owner, ...permissions } = present(row as Record<string, unknown>);
			return { owner_name: owner, ...permissions };
		};
	};
	return { query, describe };
}
