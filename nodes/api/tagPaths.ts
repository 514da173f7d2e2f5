import { didYouMean } from './didYouMean';
import { PaperlessError } from './errors';
import { namesWithIds, quotedName } from './quotedName';
import type { NameIndex } from './nameIndex';
import type { Named, Tag } from './schemas/named';

const separator = ' / ';

/** Splits `Archive / 2024`. Without blanks a slash is part of a name, as in “Rent/Heating”. */
export function pathParts(path: string): string[] | undefined {
	const parts = path.split(separator).map((part) => part.trim());
	return parts.length > 1 && parts.every((part) => part !== '') ? parts : undefined;
}

/** The path of a tag from the top of the tree, as far as the user may see the tags above it. */
export function pathOf(tags: ReadonlyMap<number, Tag>, tag: Tag): string {
	const parts = [tag.name];
	const seen = new Set([tag.id]);
	let above = tags.get(tag.parent ?? 0);
	while (above && !seen.has(above.id)) {
		parts.push(above.name);
		seen.add(above.id);
		above = tags.get(above.parent ?? 0);
	}
	return parts.toReversed().join(separator);
}

/** The tag with this name below a parent; the parent `null` is the top of the tree. */
function childNamed<T extends Named>(
	tags: NameIndex<T>,
	parent: number | null,
	name: string,
	parameter?: string,
): T | undefined {
	const found = tags.below(parent).withName(name);
	if (found.length <= 1) return found[0];
	throw new PaperlessError('unresolved', `Tag ${quotedName(name)} is ambiguous`, {
		description: `Several tags have this name at the same place: ${namesWithIds(found)}. Use the ID as a number.`,
		parameter,
	});
}

/** The server accepts a name once per owner, wherever the tag is in the tree. */
export const existsElsewhere = (name: string, parameter?: string): PaperlessError =>
	new PaperlessError(
		'unresolved',
		`The tag ${quotedName(name)} already exists elsewhere in the tree`,
		{
			description:
				'Paperless-ngx accepts a name only once. Use the tag by its name alone, or move it here under “Parent”.',
			parameter,
		},
	);

/** Follows a path from the top of the tree as far as its parts exist. */
export function tagsAlong<T extends Named>(
	tags: NameIndex<T>,
	parts: readonly string[],
	parameter?: string,
): T[] {
	const found: T[] = [];
	for (const part of parts) {
		const tag = childNamed(tags, found.at(-1)?.id ?? null, part, parameter);
		if (tag === undefined) break;
		found.push(tag);
	}
	return found;
}

/** The error for a path whose parts exist only as far as `found`; it names the first missing part. */
export function missingPart(
	tags: NameIndex<Named>,
	parts: readonly string[],
	found: readonly Named[],
	parameter?: string,
): PaperlessError {
	const depth = found.length;
	const part = parts[depth] ?? '';
	const above = parts.slice(0, depth);
	const paths = tags
		.below(found.at(-1)?.id ?? null)
		.objects.map(({ name }) => [...above, name].join(separator));
	const place =
		depth === 0 ? 'at the top of the tree' : `under ${quotedName(above.join(separator))}`;
	return new PaperlessError('unresolved', `There is no tag ${quotedName(part)} ${place}`, {
		description: didYouMean([...above, part].join(separator), paths),
		parameter,
	});
}
