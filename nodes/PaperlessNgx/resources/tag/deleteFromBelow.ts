import { PaperlessError } from '../../../api/errors';
import type { Tag } from '../../../api/schemas/named';
import type { Context } from '../../../toolkit/operation';
import { deleteRows } from '../capabilities/deleteRows';
import { editObjects } from '../capabilities/editObjects';
import { tagsBelow } from './tagsBelow';
import { tags } from './tags';

const keptByOther = ({ name }: Tag): PaperlessError =>
	new PaperlessError('invalid', `The tag “${name}” was not deleted`, {
		description: 'Another item is about the same tag or one below it, and cannot be done.',
	});

/**
 * Deletes tags, and each after those below it: the server deletes a tag with its parent, also where
 * it would refuse to delete the tag alone. A tag above one that stays, or is `kept`, stays as well.
 * Returns the ids that were not deleted, with the reason. `all` are the tags around them.
 */
export async function deleteFromBelow(
	context: Context,
	all: readonly Tag[],
	rows: readonly Tag[],
	kept: ReadonlySet<number>,
): Promise<Map<number, Error>> {
	const below = new Map(rows.map(({ id }) => [id, tagsBelow(all, id).map((tag) => tag.id)]));
	const refusals = new Map<number, Error>();
	const stays = (id: number) => kept.has(id) || refusals.has(id);
	const left = new Map(rows.map((tag) => [tag.id, tag]));
	while (left.size > 0) {
		const nothingBelow = [...left.values()].filter(
			({ id }) => below.get(id)?.some((one) => left.has(one)) !== true,
		);
		// Tags that are said to be below each other have no lowest.
		const lowest = nothingBelow.length > 0 ? nothingBelow : [...left.values()];
		for (const tag of lowest) {
			left.delete(tag.id);
			if ([tag.id, ...(below.get(tag.id) ?? [])].some(stays))
				refusals.set(tag.id, keptByOther(tag));
		}
		const free = lowest.filter(({ id }) => !refusals.has(id));
		const refused = await deleteRows(context, tags, free, (ids) =>
			editObjects(context, tags, ids, { operation: 'delete' }),
		);
		for (const [id, refusal] of refused) refusals.set(id, refusal);
	}
	return refusals;
}
