import { z } from 'zod';
import type { Connection } from './connection';

/** What the search box of the web interface asks. */
export function search(connection: Connection) {
	return {
		/** Returns at most three hits per kind of object (§4.5). */
		everywhere: async (query: string, namesOnly: boolean) =>
			// The flag counts by its presence: “false” would switch it on.
			await connection.get(
				'api/search/',
				{ query, ...(namesOnly && { db_only: 'true' }) },
				z.record(z.unknown()),
			),
		autocomplete: async (term: string, limit: number) =>
			await connection.get(
				'api/search/autocomplete/',
				{ term, limit: String(limit) },
				z.array(z.string()),
			),
	};
}
