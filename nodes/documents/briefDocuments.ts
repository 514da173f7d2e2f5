import type { PaperlessClient } from '../api/paperlessClient';
import { documentsById } from './documentsById';
import { missingDocuments } from './missingDocuments';

/** A document in brief, for an operation that would do something with it. */
type Brief = { id: number; title: string | undefined; versions?: number };

/** These documents in brief, by id; an error for a document that does not exist. */
export async function briefDocuments(
	api: PaperlessClient,
	ids: readonly number[],
): Promise<Map<number, Brief | Error>> {
	if (ids.length === 0) return new Map();
	const hasVersions = (await api.server()).has('documentVersions');
	const fields = ['id', 'title', ...(hasVersions ? ['versions'] : [])].join(',');
	const found = await documentsById(api, ids, { fields });
	const missing = await missingDocuments(
		api,
		[...new Set(ids)].filter((id) => !found.has(id)),
	);
	const briefs = [...found.values()].map(({ id, title, versions }): [number, Brief] => [
		id,
		{ id, title, ...(Array.isArray(versions) && { versions: versions.length }) },
	]);
	return new Map<number, Brief | Error>([...briefs, ...missing]);
}
