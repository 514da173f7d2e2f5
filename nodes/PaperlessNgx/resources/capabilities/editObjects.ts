import type { ObjectEdit } from '../../../api/bulkEditObjects';
import { together } from '../../../api/together';
import type { Context } from '../../../toolkit/operation';
import type { Matching, MatchingKind } from './matching';

/**
 * Makes the same change to all of these objects, with one request as long as the server accepts
 * all of them. Returns the ids that the server rejected, with the reason.
 */
export const editObjects = <K extends MatchingKind>(
	{ api }: Context,
	{ collection, type }: Matching<K>,
	ids: readonly number[],
	edit: ObjectEdit,
): Promise<Map<number, Error>> =>
	together(ids, ([first, ...rest]) =>
		// The route for a single object distinguishes a missing object from a forbidden one.
		edit.operation === 'delete' && rest.length === 0
			? collection(api).delete(first)
			: api.bulkEditObjects(type, [first, ...rest], edit),
	);
