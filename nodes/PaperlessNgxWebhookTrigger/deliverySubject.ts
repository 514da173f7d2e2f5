import { z } from 'zod';
import type { WebhookTriggerValues } from './webhookTriggerParameters';

/** A file that is about to be consumed, with the server's time stamp, or the id of a document. */
export type DeliverySubject = { file: string; added: string } | { document: number };

/** Characters. n8n saves both with the events that were reported. */
const longestPath = 4096;
const longestTime = 100;

/** The server sends the temporary path of the file. */
const fileBody = z.object({
	doc_title: z.string().min(1).max(longestPath),
	added: z.string().min(1).max(longestTime),
});

/** Before 3.0 only the URL holds the id; without PAPERLESS_URL it starts with “None”. */
const documentBody = z
	.object({ doc_id: z.string().optional(), doc_url: z.string().optional() })
	.transform(({ doc_id: id = '', doc_url: url = '' }) =>
		Number(/^\d+$/.test(id) ? id : /\/documents\/(\d+)\/?$/.exec(url)?.[1]),
	)
	.pipe(z.number().int().positive().max(Number.MAX_SAFE_INTEGER));

/** What a delivery is about; undefined if the body is not one that this trigger requested. */
export function deliverySubject(
	event: WebhookTriggerValues['event'],
	body: unknown,
): DeliverySubject | undefined {
	if (event === 'consumptionStarted') {
		const { data } = fileBody.safeParse(body);
		return data && { file: data.doc_title.split('/').at(-1) ?? '', added: data.added };
	}
	const { data } = documentBody.safeParse(body);
	return data === undefined ? undefined : { document: data };
}
