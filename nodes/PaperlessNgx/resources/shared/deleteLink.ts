import type { Collection } from '../../../api/collection';
import { PaperlessError } from '../../../api/errors';
import type { Output } from '../../../toolkit/operation';
import { notYetDeleted } from './dryRun';
import { isGone } from './isGone';

/** Deletes a public link and makes sure that it is gone, or returns what a deletion would take. */
export async function deleteLink<Row extends { id: number }>(
	links: Pick<Collection<Row, never>, 'delete' | 'get'>,
	noun: string,
	id: number,
	describeInstead?: (row: Row) => Promise<Output[]>,
): Promise<Output[]> {
	if (describeInstead) {
		const described = await describeInstead(await links.get(id));
		return described.map(({ json }) => ({ json: notYetDeleted({ id, ...json }) }));
	}
	await links.delete(id);
	if (await isGone(links, id)) return [{ json: { deleted: true, id } }];
	throw new PaperlessError('unavailable', `${noun} ${id} was not deleted`, {
		description: 'The server reported success, yet the link still works; its log says why.',
	});
}
