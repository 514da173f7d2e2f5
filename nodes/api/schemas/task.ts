import { z } from 'zod';
import { rowCount } from './rowCount';

/** Failed tasks are remembered by their ids. */
const rowId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullish();

const legacyTask = z
	.object({
		id: rowId,
		task_id: z.string(),
		status: z.string(),
		task_name: z.string().nullish(),
		task_file_name: z.string().nullish(),
		date_created: z.string().nullish(),
		date_done: z.string().nullish(),
		acknowledged: z.boolean().optional(),
		owner: z.number().nullish(),
		result: z.string().nullish(),
		related_document: z.union([z.string(), z.number()]).nullish(),
	})
	.passthrough();

const currentTask = z
	.object({
		id: rowId,
		task_id: z.string(),
		status: z.string(),
		task_type: z.string().nullish(),
		input_data: z.record(z.unknown()).nullish(),
		date_created: z.string().nullish(),
		date_started: z.string().nullish(),
		date_done: z.string().nullish(),
		acknowledged: z.boolean().optional(),
		owner: z.number().nullish(),
		result_data: z.record(z.unknown()).nullish(),
		related_document_ids: z.array(z.number()).nullish(),
	})
	.passthrough();

/**
 * The outcome of a consumption, the same on every server
 * (docs/paperless-api.md#consumption-results).
 */
export type Consumption =
	/** The reason says how far the task has come; it is known only at the end of a wait. */
	| { status: 'pending'; reason?: string }
	/** `documentId` is null when no document was created: a barcode sheet that was split, a collated page. */
	| { status: 'created'; documentId: number | null; reason: string }
	| { status: 'duplicate'; documentId: number | null; inTrash: boolean; reason: string }
	/** An unlisted task is one that the server has never listed. */
	| { status: 'failed'; reason: string; isUnlisted?: true };

const pending: Consumption = { status: 'pending' };

/** States in which a task will never do anything, besides those that have a meaning of their own. */
const endedStates: readonly string[] = ['failure', 'ignored', 'rejected', 'revoked', 'skipped'];

/** States between a start and an end. A state that this client does not know ends a task that has an end. */
const openStates: readonly string[] = ['pending', 'received', 'retry', 'started'];

const hasEnded = ({ status, date_done }: { status: string; date_done?: unknown }): boolean => {
	const state = status.toLowerCase();
	return endedStates.includes(state) || (!openStates.includes(state) && Boolean(date_done));
};

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const idOf = (value: unknown) => (Number(value) > 0 ? Number(value) : null);

function outcomeOfLegacy(task: z.infer<typeof legacyTask>): Consumption {
	const result = text(task.result);
	const related = idOf(task.related_document);
	if (task.status.toUpperCase() === 'SUCCESS') {
		return {
			status: 'created',
			documentId: idOf(/New document id (\d+) created/.exec(result)?.[1]) ?? related,
			reason: result,
		};
	}
	// The result is briefly the address of a traceback before the message follows
	// (docs/paperless-api.md#missing-task-messages).
	if (!hasEnded(task) || /^<traceback object/.test(result)) return pending;
	return /It is a duplicate of/.test(result)
		? {
				status: 'duplicate',
				documentId: related,
				inTrash: /in the trash/.test(result),
				reason: result,
			}
		: { status: 'failed', reason: result || `The task was ${task.status.toLowerCase()}` };
}

export const explainDuplicate = (documentId: unknown): string =>
	`It is a duplicate of document #${String(documentId)}.`;

function outcomeOfCurrent(task: z.infer<typeof currentTask>): Consumption {
	const data = task.result_data ?? {};
	if (task.status.toLowerCase() === 'success') {
		return {
			status: 'created',
			documentId: idOf(data.document_id) ?? idOf(task.related_document_ids?.[0]),
			reason: text(data.reason),
		};
	}
	if (!hasEnded(task)) return pending;
	return data.duplicate_of !== undefined
		? {
				status: 'duplicate',
				documentId: idOf(data.duplicate_of),
				inTrash: data.duplicate_in_trash === true,
				reason: explainDuplicate(data.duplicate_of),
			}
		: {
				status: 'failed',
				reason: text(data.error_message) || text(data.reason) || `The task ended as ${task.status}`,
			};
}

/** A task in one shape for every server. */
export type Task = {
	/** The id of the row, by which a task is acknowledged. */
	id: number | null;
	/** The UUID that an upload returns. */
	taskId: string;
	/** By its name in 3.0, e.g. `consume_file`, `sanity_check`. */
	type: string;
	fileName: string | null;
	/** What 3.0 tells about the work: the accounts of a fetching of mails, the mail rule of a file. */
	input: Readonly<Record<string, unknown>>;
	status: TaskStatus;
	created: string | null;
	/** 2.x does not report it. */
	started: string | null;
	done: string | null;
	acknowledged: boolean;
	owner: number | null;
	/** The outcome of a consumption; for other tasks `created` without a document means success. */
	outcome: Consumption;
};

export const taskStatuses = ['pending', 'started', 'success', 'failure', 'revoked'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** 2.x uses another name for this type of task. */
const currentNames: Readonly<Record<string, string>> = { check_sanity: 'sanity_check' };

const statusOf = (task: { status: string; date_done?: unknown }): TaskStatus =>
	taskStatuses.find((known) => known === task.status.toLowerCase()) ??
	(hasEnded(task) ? 'failure' : 'pending');

const common = (task: z.infer<typeof legacyTask> | z.infer<typeof currentTask>) => ({
	id: task.id ?? null,
	taskId: task.task_id,
	status: statusOf(task),
	created: task.date_created ?? null,
	started:
		'date_started' in task && typeof task.date_started === 'string' ? task.date_started : null,
	done: task.date_done ?? null,
	acknowledged: task.acknowledged ?? false,
	owner: task.owner ?? null,
});

const legacy = legacyTask.transform(
	(task): Task => ({
		...common(task),
		type: currentNames[task.task_name ?? ''] ?? task.task_name ?? '',
		fileName: task.task_file_name ?? null,
		input: {},
		outcome: outcomeOfLegacy(task),
	}),
);

const toTask = (task: z.infer<typeof currentTask>): Task => ({
	...common(task),
	type: task.task_type ?? '',
	fileName: text(task.input_data?.filename) || null,
	input: task.input_data ?? {},
	outcome: outcomeOfCurrent(task),
});

const current = currentTask.transform(toTask);

/** One task: only API version 10 and later name its type so. */
export const taskSchema = z.union([
	currentTask.extend({ task_type: z.string() }).transform(toTask),
	legacy,
]);

/** A plain list up to API version 9, a page from 10 on (docs/paperless-api.md#task-lists). */
export const taskListSchema = z.union([
	z.array(legacy).transform((results) => ({ results, count: results.length })),
	z.object({ results: z.array(current), count: rowCount.optional() }),
]);
