import { isPaperlessError } from '../api/errors';
import { wholeList } from '../api/kinds';
import type { PaperlessClient } from '../api/paperlessClient';
import type { Named, Tag } from '../api/schemas/named';

/** A label without a name is better than no list. */
function unseen(thrown: unknown): Map<number, string> {
	if (isPaperlessError(thrown, 'forbidden')) return new Map();
	throw thrown;
}

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

/** The names of correspondents by their ids, as far as the user may see them. */
export async function correspondentNames(
	client: PaperlessClient,
	ids: ReadonlyArray<number | null | undefined>,
): Promise<Map<number, string>> {
	const wanted = [...new Set(ids)].filter((id) => typeof id === 'number');
	if (wanted.length === 0) return new Map();
	return await client.correspondents
		.list({ id__in: wanted.join(',') }, wholeList)
		.then((found) => new Map(found.map(({ id, name }) => [id, name])), unseen);
}

/** The owner behind names that several objects of the list have, where the user may see it. */
export async function ownersOfTwins(client: PaperlessClient, rows: Named[]): Promise<Named[]> {
	const counts = new Map<string, number>();
	for (const { name } of rows) counts.set(name, (counts.get(name) ?? 0) + 1);
	const isTwin = ({ name }: Named) => (counts.get(name) ?? 0) > 1;
	if (!rows.some(isTwin)) return rows;
	const users = await client.users
		.list({}, wholeList)
		.then((found) => new Map(found.map(({ id, name }) => [id, name])), unseen);
	const ownerOf = ({ owner }: Named & { owner?: number | null }) =>
		owner ? (users.get(owner) ?? `user ${owner}`) : 'no owner';
	return rows.map((row) => (isTwin(row) ? { ...row, name: `${row.name} (${ownerOf(row)})` } : row));
}
