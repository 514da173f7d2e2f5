import { z } from 'zod';
import { tasksPerRequest } from '../../api/latestTasks';
import type { Task } from '../../api/schemas/task';
import type { Cursor } from '../../events/cursor';
import { eventId } from '../../events/events';
import { hasPassed, minute } from '../../events/hasPassed';
import { markRead, readList, startList } from '../../events/readList';
import { isTestFile } from '../../events/testFile';
import { cursorSchema } from '../../events/triggerState';
import type { Context, Output } from '../../toolkit/operation';
import { clocksOf } from '../clocksOf';
import { defineWatcher } from './defineWatcher';
import type { FailedRow } from './latestFailures';
import { latestFailures, rowsOf } from './latestFailures';

const failedUploads = { status: 'failure', type: 'consume_file', lastDoneFirst: true } as const;

/** Milliseconds. An old server returns every task that ever failed. */
const wholeListInterval = 10 * minute;

/**
 * Servers before 3.0 ignore a limit and return all tasks. So they are asked for unacknowledged
 * tasks (`isPart`), and for all tasks when `isDue`.
 */
async function failures(
	context: Context,
	before: Cursor,
	isDue: boolean,
): Promise<{ rows: FailedRow[]; isPart: boolean }> {
	const { api } = context;
	if ((await api.server()).has('pagedTasks')) {
		return { rows: await latestFailures(context, failedUploads, before), isPart: false };
	}
	const query = { ...failedUploads, ...(!isDue && { acknowledged: false }) };
	return { rows: rowsOf(await api.tasks.list(query)), isPart: !isDue };
}

function itemOf(task: Task): Output {
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

const itemsOf = (rows: readonly FailedRow[]): Output[] =>
	rows.filter(({ task }) => !isTestFile(task.fileName ?? '')).map(({ task }) => itemOf(task));

/** Reports each file that did not become a document, with the reason and a link to a duplicate. */
export const consumptionFailures = defineWatcher({
	event: 'consumptionFailed',
	schema: z.object({ cursor: cursorSchema, lookedAt: z.number() }),
	async start(context) {
		const rows = rowsOf(await context.api.tasks.list(failedUploads, tasksPerRequest));
		return { cursor: startList(rows, clocksOf(context)), lookedAt: context.now() };
	},
	async check(context, _, before) {
		const now = context.now();
		const isDue = hasPassed(wholeListInterval, before.lookedAt, now);
		const { rows, isPart } = await failures(context, before.cursor, isDue);
		const { cursor, newRows } = readList(before.cursor, rows, clocksOf(context));
		return {
			state: {
				cursor: isPart ? markRead(before.cursor, newRows) : cursor,
				lookedAt: isDue ? now : before.lookedAt,
			},
			items: itemsOf(newRows),
		};
	},
	async sample({ api }) {
		return itemsOf(rowsOf(await api.tasks.list(failedUploads, 1)));
	},
});
