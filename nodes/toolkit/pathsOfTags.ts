import { wholeList } from '../api/kinds';
import type { PaperlessClient } from '../api/paperlessClient';
import type { Named, Tag } from '../api/schemas/named';

/** A chain of parents that never ends is the server’s fault. */
const deepest = 10;

/** The tags with these ids and all above them. */
async function ancestors(client: PaperlessClient, tags: readonly Tag[]): Promise<Map<number, Tag>> {
	const known = new Map(tags.map((tag) => [tag.id, tag]));
	const missing = () =>
		[...new Set([...known.values()].flatMap(({ parent }) => (parent ? [parent] : [])))].filter(
			(id) => !known.has(id),
		);
	for (let level = 0, ids = missing(); level < deepest && ids.length > 0; level++) {
		const found = await client.tags.list({ id__in: ids.join(',') }, wholeList);
		for (const tag of found) known.set(tag.id, tag);
		if (found.length === 0) break;
		ids = missing();
	}
	return known;
}

/** Tags by their paths, such as “Archive / 2024”, so that equal names differ. */
export async function pathsOfTags(client: PaperlessClient, rows: Named[]): Promise<Named[]> {
	const tags = rows as Tag[];
	const known = await ancestors(client, tags);
	const pathOf = ({ name, parent }: Tag, level = 0): string => {
		const above = level < deepest && parent ? known.get(parent) : undefined;
		return above ? `${pathOf(above, level + 1)} / ${name}` : name;
	};
	return tags.map((tag) => ({ ...tag, name: pathOf(tag) }));
}
