import { z } from 'zod';

const legacyTask = z
	.object({
		task_id: z.string(),
		status: z.string(),
		result: z.string().nullish(),
		related_document: z.union([z.string(), z.number()]).nullish(),
	})
	.passthrough();

const currentTask = z
	.object({
		task_id: z.string(),
		status: z.string(),
		result_data: z.record(z.unknown()).nullish(),
		related_document_ids: z.array(z.number()).nullish(),
	})
	.passthrough();

/** A plain list up to API version 9, a page from 10 on (paperless-api §3.14). */
export const taskListSchema = z.union([
	z.array(legacyTask).transform((tasks) => tasks.map(outcomeOfLegacy)),
	z
		.object({ results: z.array(currentTask) })
		.transform(({ results }) => results.map(outcomeOfCurrent)),
]);

/** How a consumption went, the same on every server (paperless-api §7). */
export type Consumption =
	| { status: 'pending' }
	/** `documentId` is null when nothing was created: a barcode sheet that was split, a collated page. */
	| { status: 'created'; documentId: number | null; reason: string }
	| { status: 'duplicate'; documentId: number | null; inTrash: boolean; reason: string }
	| { status: 'failed'; reason: string };

const pending: Consumption = { status: 'pending' };
const text = (value: unknown) => (typeof value === 'string' ? value : '');
const idOf = (value: unknown) => (Number(value) > 0 ? Number(value) : null);

function outcomeOfLegacy(task: z.infer<typeof legacyTask>): Consumption {
	const result = text(task.result);
	const related = idOf(task.related_document);
	switch (task.status.toUpperCase()) {
		case 'SUCCESS':
			return {
				status: 'created',
				documentId: idOf(/New document id (\d+) created/.exec(result)?.[1]) ?? related,
				reason: result,
			};
		case 'FAILURE':
		case 'REVOKED':
			// For a moment the result is the address of a traceback; the message follows (§7).
			if (/^<traceback object/.test(result)) return pending;
			return /It is a duplicate of/.test(result)
				? {
						status: 'duplicate',
						documentId: related,
						inTrash: /in the trash/.test(result),
						reason: result,
					}
				: { status: 'failed', reason: result || `The task was ${task.status.toLowerCase()}` };
		default:
			return pending;
	}
}

function outcomeOfCurrent(task: z.infer<typeof currentTask>): Consumption {
	const data = task.result_data ?? {};
	switch (task.status.toLowerCase()) {
		case 'success':
			return {
				status: 'created',
				documentId: idOf(data.document_id) ?? idOf(task.related_document_ids?.[0]),
				reason: text(data.reason),
			};
		case 'failure':
		case 'revoked':
			return data.duplicate_of !== undefined
				? {
						status: 'duplicate',
						documentId: idOf(data.duplicate_of),
						inTrash: data.duplicate_in_trash === true,
						reason: `It is a duplicate of document #${String(data.duplicate_of)}.`,
					}
				: {
						status: 'failed',
						reason:
							text(data.error_message) || text(data.reason) || `The task ended as ${task.status}`,
					};
		default:
			return pending;
	}
}
