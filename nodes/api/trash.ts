import { z } from 'zod';
import { listing } from './collection';
import type { Connection } from './connection';
import type { Document } from './schemas/document';
import { documentSchema } from './schemas/document';

export function trash(connection: Connection) {
	const rows = listing<Document>(connection, 'trash', documentSchema);
	return {
		/** The number of documents in the trash and one of them: enough to see that nothing was added. */
		glance: () => rows.page({}, 1, 1),
		/**
		 * Sorted by `created`, newest first. No filter works here. From 3.0 on each version is a
		 * separate row (docs/paperless-api.md#trash-list).
		 */
		list: rows.list,
		/**
		 * One id that is not in the trash rejects the whole request (400). `empty` without ids would
		 * delete everything (docs/paperless-api.md#trash-requests).
		 */
		async act(
			action: 'restore' | 'empty',
			documents: readonly [number, ...number[]],
		): Promise<void> {
			await connection.send('POST', rows.path, { json: { action, documents } }, z.unknown());
		},
	};
}
