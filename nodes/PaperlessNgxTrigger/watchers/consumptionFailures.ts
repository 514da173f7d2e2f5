import { z } from 'zod';
import type { Task } from '../../api/schemas/task';
import type { Cursor } from '../../events/cursor';
import { readList, startOfList } from '../../events/cursor';
import { eventId } from '../../events/events';
import { hasPassed, hour, microsecondsOf } from '../../events/stamps';
import { cursorSchema } from '../../events/triggerState';
import { isTestFile } from '../../events/testFile';
import type { Context, Output } from '../../toolkit/operation';
import { presentOf } from '../documentEvents/changeStream';
import { watcher } from './defineWatcher';

const failedUploads = { status: 'failure', type: 'consume_file', lastDoneFirst: true } as const;
const atOnce = 100;

type FailedRow = { id: number; modified: string; task: Task };

/** For a moment a failed task has no message; it counts once it has (paperless-api §7). */
const rowsOf = (tasks: readonly Task[]): FailedRow[] =>
	tasks.flatMap((task) => {
		const modified = task.done ?? task.created;
		return task.id === null || modified === null || task.outcome.status === 'pending'
			? []
			: [{ id: task.id, modified, task }];
	});

/**
 * The last failures. Servers from 3.0 on are asked for one, and for more when it is news. Older
 * ones send all at once, so they are asked for those that nobody has acknowledged, and once an
 * hour for all.
 */
async function failures(
	{ api }: Context,
	before: Cursor,
	whole: boolean,
): Promise<{ rows: FailedRow[]; isPart: boolean }> {
	if (!(await api.server()).has('pagedTasks')) {
		const asked = { ...failedUploads, ...(!whole && { acknowledged: false }) };
		return { rows: rowsOf(await api.tasks.list(asked)), isPart: !whole };
	}
	let rows: FailedRow[] = [];
	for (let limit = 1; ; limit = Math.max(atOnce, limit * 10)) {
		const tasks = await api.tasks.list(failedUploads, limit);
		rows = rowsOf(tasks);
		const { news } = readList(before, rows, 0);
		if (news.length < rows.length || tasks.length < limit) return { rows, isPart: false };
	}
}

/** What nobody has acknowledged says nothing about the rest, so it does not move the horizon. */
const withRead = (before: Cursor, news: readonly FailedRow[]): Cursor => ({
	...before,
	recent: {
		...before.recent,
		...Object.fromEntries(news.map(({ id, modified }) => [id, String(microsecondsOf(modified))])),
	},
});

const item = ({ task }: FailedRow): Output[] =>
	isTestFile(task.fileName ?? '') ? [] : [report(task)];

function report(task: Task): Output {
	const { outcome } = task;
	const isDuplicate = outcome.status === 'duplicate';
	return {
		json: {
			event: 'consumptionFailed',
			event_id: eventId('consumptionFailed', task.taskId),
			task_id: task.taskId,
			file_name: task.fileName,
			reason: 'reason' in outcome ? outcome.reason : '',
			duplicate_of: isDuplicate ? outcome.documentId : null,
			duplicate_in_trash: isDuplicate && outcome.inTrash,
			failed_at: task.done,
			owner: task.owner,
		},
	};
}

/** A file that did not become a document, with the reason and, for a duplicate, the document that is there. */
export const consumptionFailures = watcher({
	event: 'consumptionFailed',
	schema: z.object({ cursor: cursorSchema, lookedAt: z.number() }),
	async begin(context) {
		const rows = rowsOf(await context.api.tasks.list(failedUploads, atOnce));
		const now = context.now();
		return { cursor: startOfList(rows, now, presentOf(context)), lookedAt: now };
	},
	async look(context, _, before) {
		const now = context.now();
		const whole = hasPassed(hour, before.lookedAt, now);
		const { rows, isPart } = await failures(context, before.cursor, whole);
		const { cursor, news } = readList(before.cursor, rows, now, presentOf(context));
		return {
			state: {
				cursor: isPart ? withRead(before.cursor, news) : cursor,
				lookedAt: whole ? now : before.lookedAt,
			},
			items: news.flatMap(item),
		};
	},
	async sample({ api }) {
		return rowsOf(await api.tasks.list(failedUploads, 1)).flatMap(item);
	},
});
