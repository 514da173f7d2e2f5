import { isPaperlessError } from '../api/errors';

/**
 * Names by ids; none where the token’s user may not see them, because a label without a name is
 * better than no list.
 */
export async function namesIfSeen(
	list: Promise<ReadonlyArray<{ id: number; name: string }>>,
): Promise<Map<number, string>> {
	return await list.then(
		(found) => new Map(found.map(({ id, name }) => [id, name])),
		(thrown: unknown) => {
			if (isPaperlessError(thrown, 'forbidden')) return new Map<number, string>();
			throw thrown;
		},
	);
}
