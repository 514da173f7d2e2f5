import type { Tag } from '../../../api/schemas/named';
import { PaperlessError } from '../../../api/errors';

/** What an item asks for; `target` is the tag that gets the documents. */
export type Deletion = { tag: Tag; withChildren: boolean; dryRun: boolean; target?: Tag };

/**
 * All tags below this one: the server deletes them with it
 * (docs/paperless-api.md#deleted-parent-tags).
 */
export const tagsBelow = (all: readonly Tag[], id: number): Tag[] =>
	all.filter(({ parent }) => parent === id).flatMap((tag) => [tag, ...tagsBelow(all, tag.id)]);

const refuse = (message: string, description: string): PaperlessError =>
	new PaperlessError('invalid', message, { description });

/**
 * Rejects a deletion that would delete more than was asked for, or that would give documents to a tag
 * that is deleted as well. `later` are the deletions of the items after it, `others` those of all
 * other items.
 */
export function requirePossible(
	all: readonly Tag[],
	{ tag, withChildren, target }: Deletion,
	{ later, others }: { later: readonly Deletion[]; others: readonly Deletion[] },
): void {
	const below = tagsBelow(all, tag.id);
	if (below.length > 0 && !withChildren) {
		throw refuse(
			'The tag has children, which Paperless-ngx would delete with it',
			`They are: ${below.map(({ name }) => name).join(', ')}. Switch on “Delete Children” to delete them, or give them another parent first.`,
		);
	}
	if (target === undefined) return;
	if (target.id === tag.id) {
		throw refuse(
			'A tag cannot be merged with itself',
			'Choose another tag under “Move Documents To”.',
		);
	}
	if (below.some(({ id }) => id === target.id)) {
		throw refuse(
			`The tag “${target.name}” is below “${tag.name}” and would be deleted with it`,
			'Choose a tag under “Move Documents To” that stays, or give this one another parent first.',
		);
	}
	// A later item may pass the documents on.
	const passesOn = later.some((one) => one.tag.id === target.id && one.target !== undefined);
	const isDeleted = others.some(
		(one) =>
			(one.tag.id === target.id && !passesOn) ||
			tagsBelow(all, one.tag.id).some(({ id }) => id === target.id),
	);
	if (isDeleted) {
		throw refuse(
			`The tag “${target.name}” is deleted by another item`,
			'The documents would have neither tag. Choose a tag under “Move Documents To” that stays.',
		);
	}
}
