import { z } from 'zod';
import { listing } from './collection';
import type { Connection } from './connection';
import type { Document } from './schemas/document';
import { documentSchema } from './schemas/document';

export function trash(connection: Connection) {
	const rows = listing<Document>(connection, 'trash', documentSchema);
	return {
		/** How many there are, and one of them: enough to see that nothing was added. */
		glance: async () => await rows.page({}, 1, 1),
		/** In the order of `created`, newest first. No filter works here; from 3.0 on versions are rows of their own (§3.15). */
		list: rows.list,
		/** One id that is not in the trash refuses all (400). `empty` without ids would delete everything (trap 35). */
		async act(
			action: 'restore' | 'empty',
			documents: readonly [number, ...number[]],
		): Promise<void> {
			await connection.send('POST', rows.path, { json: { action, documents } }, z.unknown());
		},
	};
}
