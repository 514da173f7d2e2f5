import { z } from 'zod';
import { tasksPerRequest } from '../../api/latestTasks';
import type { Task } from '../../api/schemas/task';
import { taskTypes } from '../../api/taskTypes';
import { eventId } from '../../events/events';
import { readList, startList } from '../../events/readList';
import { cursorSchema } from '../../events/triggerState';
import type { Output } from '../../toolkit/operation';
import { clocksOf } from '../clocksOf';
import { defineWatcher } from './defineWatcher';
import type { FailedRow } from './latestFailures';
import { latestFailures, rowsOf } from './latestFailures';

const failed = { status: 'failure', lastDoneFirst: true } as const;

/** The name in the panel; the server's own name for a type that only newer servers have. */
const nameOf = (type: string): string =>
	taskTypes.find(({ value }) => value === type)?.name ?? type;

const itemOf = ({ taskId, type, outcome, done, owner }: Task): Output => ({
	json: {
		event: 'taskFailed',
		event_id: eventId('taskFailed', taskId),
		task_id: taskId,
		type,
		type_name: nameOf(type),
		reason: 'reason' in outcome ? outcome.reason : '',
		failed_at: done,
		owner,
	},
});

/** A file that did not become a document is reported by Consumption Failed. */
const itemsOf = (rows: readonly FailedRow[]): Output[] =>
	rows.filter(({ task }) => task.type !== 'consume_file').map(({ task }) => itemOf(task));

/** Reports each task that failed and was not the consumption of a file, with the reason. */
export const taskFailures = defineWatcher({
	event: 'taskFailed',
	schema: z.object({ cursor: cursorSchema }),
	async start(context) {
		await context.api.require('reportsTasks');
		const rows = rowsOf(await context.api.tasks.list(failed, tasksPerRequest));
		return { cursor: startList(rows, clocksOf(context)) };
	},
	async check(context, _, before) {
		await context.api.require('reportsTasks');
		const rows = await latestFailures(context, failed, before.cursor);
		const { cursor, newRows } = readList(before.cursor, rows, clocksOf(context));
		return { state: { cursor }, items: itemsOf(newRows) };
	},
	async sample({ api }) {
		await api.require('reportsTasks');
		return itemsOf(rowsOf(await api.tasks.list(failed, tasksPerRequest))).slice(0, 1);
	},
});
