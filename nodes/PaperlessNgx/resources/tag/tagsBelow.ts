import type { Tag } from '../../../api/schemas/named';
import { grouped } from '../../../api/grouped';
import { PaperlessError } from '../../../api/errors';

/** What an item asks for; `target` is the tag that gets the documents. */
export type Deletion = { tag: Tag; withChildren: boolean; dryRun: boolean; target?: Tag };

/**
 * All tags below this one: the server deletes them with it
 * (docs/paperless-api.md#deleted-parent-tags).
 */
export function tagsBelow(all: readonly Tag[], id: number): Tag[] {
	const children = grouped(all, ({ parent }) => parent);
	const below = new Map<number, Tag>();
	const left = [children.get(id) ?? []].map((tags) => tags.values());
	for (let tags = left.at(-1); tags !== undefined; tags = left.at(-1)) {
		const { value: tag } = tags.next();
		if (tag === undefined) left.pop();
		else if (tag.id !== id && !below.has(tag.id)) {
			below.set(tag.id, tag);
			left.push((children.get(tag.id) ?? []).values());
		}
	}
	return [...below.values()];
}

/** The tags below the tag of an item that go with it, and not by items of their own. */
export function takenAlong(
	all: readonly Tag[],
	{ tag }: Deletion,
	others: readonly Deletion[],
): Tag[] {
	const named = new Set(others.map((other) => other.tag.id));
	return tagsBelow(all, tag.id).filter(({ id }) => !named.has(id));
}

/** The ids of all tags above this one. */
function idsAbove(all: readonly Tag[], { parent }: Tag): Set<unknown> {
	const byId = new Map<unknown, Tag>(all.map((tag) => [tag.id, tag]));
	const above = new Set<unknown>();
	for (let id: unknown = parent; byId.has(id) && !above.has(id); id = byId.get(id)?.parent) {
		above.add(id);
	}
	return above;
}

const refuse = (message: string, description: string): PaperlessError =>
	new PaperlessError('invalid', message, { description });

/**
 * Rejects a deletion that would delete more than was asked for, or that would give documents to a tag
 * that is deleted as well. `later` are the deletions of the items after it, `others` those of all
 * other items.
 */
export function requirePossible(
	all: readonly Tag[],
	deletion: Deletion,
	{ later, others }: { later: readonly Deletion[]; others: readonly Deletion[] },
): void {
	const { tag, withChildren, target } = deletion;
	const unnamed = takenAlong(all, deletion, others);
	if (unnamed.length > 0 && !withChildren) {
		throw refuse(
			'The tag has children, which Paperless-ngx would delete with it',
			`They are: ${unnamed.map(({ name }) => name).join(', ')}. Switch on “Delete Children” to delete them, or give them another parent first.`,
		);
	}
	if (target === undefined) return;
	if (target.id === tag.id) {
		throw refuse(
			'A tag cannot be merged with itself',
			'Choose another tag under “Move Documents To”.',
		);
	}
	if (tagsBelow(all, tag.id).some(({ id }) => id === target.id)) {
		throw refuse(
			`The tag “${target.name}” is below “${tag.name}” and would be deleted with it`,
			'Choose a tag under “Move Documents To” that stays, or give this one another parent first.',
		);
	}
	// A later item may pass the documents on.
	const passesOn = later.some((one) => one.tag.id === target.id && one.target !== undefined);
	const above = idsAbove(all, target);
	const isDeleted = others.some(
		(one) => (one.tag.id === target.id && !passesOn) || above.has(one.tag.id),
	);
	if (isDeleted) {
		throw refuse(
			`The tag “${target.name}” is deleted by another item`,
			'The documents would have neither tag. Choose a tag under “Move Documents To” that stays.',
		);
	}
}
