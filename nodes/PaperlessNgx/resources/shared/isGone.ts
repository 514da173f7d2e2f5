import type { Listing } from '../../../api/collection';
import { orUnseen } from '../../../api/errors';

/** Whether an object that was deleted does not exist any more, as far as the user may see. */
export const isGone = async (
	objects: Pick<Listing<{ id: number }>, 'get'>,
	id: number,
): Promise<boolean> => (await objects.get(id).catch(orUnseen)) === undefined;
