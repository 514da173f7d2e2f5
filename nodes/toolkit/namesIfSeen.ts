import { unlessForbidden } from '../api/unlessForbidden';

/**
 * Names by ids; none where the token’s user may not see them, because a label without a name is
 * better than no list.
 */
export async function namesIfSeen(
	list: Promise<ReadonlyArray<{ id: number; name: string }>>,
): Promise<Map<number, string>> {
	const found = await unlessForbidden(list, []);
	return new Map(found.map(({ id, name }) => [id, name]));
}
