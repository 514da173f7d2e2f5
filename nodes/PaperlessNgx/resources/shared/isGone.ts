import type { Listing } from '../../../api/collection';
import { isPaperlessError } from '../../../api/errors';

const hidden = (thrown: unknown): undefined => {
	if (isPaperlessError(thrown, 'notFound', 'forbidden')) return undefined;
	throw thrown;
};

/** Whether an object that was deleted does not exist any more, as far as the user may see. */
export const isGone = async (
	objects: Pick<Listing<{ id: number }>, 'get'>,
	id: number,
): Promise<boolean> => (await objects.get(id).catch(hidden)) === undefined;
