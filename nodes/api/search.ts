import { z } from 'zod';
import type { Connection } from './connection';
import { requireShortSearch } from './requireShortSearch';

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
		autocomplete: (term: string, limit: number) =>
			connection.get(
				'api/search/autocomplete/',
				{ term, limit: String(limit) },
				z.array(z.string()),
			),
	};
}
