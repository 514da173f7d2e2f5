import { z } from 'zod';
import { listing } from './collection';
import type { Connection } from './connection';

const processedMailSchema = z
	.object({
		id: z.number(),
		rule: z.number().nullish(),
		owner: z.number().nullish(),
		received: z.string(),
		status: z.string(),
		error: z.string().nullish(),
	})
	.passthrough();

export type ProcessedMail = z.infer<typeof processedMailSchema>;

/** From 2.19 on (capability `processedMail`). */
export function processedMail(connection: Connection) {
	const rows = listing(connection, 'processed_mail', processedMailSchema);
	return {
		...rows,
		/** The reply repeats the ids, whether or not they exist (docs/paperless-api.md#processed-mails). */
		async delete(ids: readonly number[]): Promise<void> {
			const json = { mail_ids: ids };
			await connection.send('POST', `${rows.path}bulk_delete/`, { json }, z.unknown());
		},
	};
}
