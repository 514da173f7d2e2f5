import { z } from 'zod';
import { characterCount } from './characterCount';
import type { Connection } from './connection';
import { requireShortSearch } from './requireShortSearch';
import { namedSchema } from './schemas/named';

const foundTags = z.object({ tags: z.array(namedSchema).optional() });
const mostHits = 3;
const fewestCharacters = 3;

/** What the search box of the web interface asks. */
export function search(connection: Connection) {
	return {
		/** Returns at most three hits per kind of object (docs/paperless-api.md#global-search). */
		async everywhere(query: string, namesOnly: boolean): Promise<Record<string, unknown>> {
			await requireShortSearch(connection, query, 'searchText');
			// The flag counts by its presence: “false” would switch it on.
			const flags = namesOnly ? { db_only: 'true' } : {};
			return await connection.get('api/search/', { query, ...flags }, z.record(z.unknown()));
		},
		/**
		 * All tags whose names contain a text, without the number of their documents. Returns `undefined`
		 * where the server might not find or send all.
		 */
		async tags(text: string) {
			if (characterCount(text) < fewestCharacters) return undefined;
			const query = { query: text, db_only: 'true' };
			const { tags } = await connection.get('api/search/', query, foundTags);
			return tags && tags.length < mostHits ? tags : undefined;
		},
		autocomplete: (term: string, limit: number) =>
			connection.get(
				'api/search/autocomplete/',
				{ term, limit: String(limit) },
				z.array(z.string()),
			),
	};
}
