import { PaperlessError } from './errors';
import { didYouMean } from './didYouMean';
import type { Named } from './schemas/named';

const separator = ' / ';

/** `Archive / 2024` in parts; without spaces a slash is part of a name, as in “Rent/Heating”. */
export function pathParts(path: string): string[] | undefined {
	const parts = path.split(separator).map((part) => part.trim());
	return parts.length > 1 && parts.every((part) => part !== '') ? parts : undefined;
}

/** The exact name, or else what differs from it by case. */
export function withName<T extends Named>(entities: readonly T[], name: string): T[] {
	const exact = entities.filter((entity) => entity.name === name);
	return exact.length > 0
		? exact
		: entities.filter((entity) => entity.name.toLowerCase() === name.toLowerCase());
}

const below = <T extends Named>(tags: readonly T[], parent: number | null): T[] =>
	tags.filter((tag) => (tag.parent ?? null) === parent);

type About = { parameter?: string };

/** The tag of a name among those that stand side by side; `null` is the top of the tree. */
export function childNamed<T extends Named>(
	tags: readonly T[],
	parent: number | null,
	name: string,
	about: About,
): T | undefined {
	const found = withName(below(tags, parent), name);
	if (found.length <= 1) return found[0];
	throw new PaperlessError('unresolved', `Tag “${name}” is ambiguous`, {
		description: `Several have this name at the same place: IDs ${found.map(({ id }) => id).join(', ')}. Use the ID as a number.`,
		...about,
	});
}

/** The server takes a name once an owner, wherever in the tree it stands. */
export const standsElsewhere = (name: string, about: About): PaperlessError =>
	new PaperlessError('unresolved', `The tag “${name}” stands elsewhere in the tree`, {
		description:
			'Paperless-ngx takes a name only once. Use the tag by its name alone, or give it this place under “Parent”.',
		...about,
	});

/** Follows a path from the top, and tells where it ends. */
export function tagAt<T extends Named>(
	tags: readonly T[],
	parts: readonly string[],
	about: About,
): T | undefined {
	let tag: T | undefined;
	for (const [depth, part] of parts.entries()) {
		const parent = tag?.id ?? null;
		tag = childNamed(tags, parent, part, about);
		if (tag) continue;
		const above = parts.slice(0, depth);
		const paths = below(tags, parent).map(({ name }) => [...above, name].join(separator));
		const place = depth === 0 ? 'at the top of the tree' : `under “${above.join(separator)}”`;
		throw new PaperlessError('unresolved', `There is no tag “${part}” ${place}`, {
			description: didYouMean([...above, part].join(separator), paths),
			...about,
		});
	}
	return tag;
}
