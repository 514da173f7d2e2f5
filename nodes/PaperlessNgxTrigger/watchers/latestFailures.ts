import type { TaskFilter } from '../../api/tasks';
import type { Task } from '../../api/schemas/task';
import type { Cursor } from '../../events/cursor';
import { readList } from '../../events/readList';
import type { Context } from '../../toolkit/operation';
import { clocksOf } from '../clocksOf';

export const tasksPerRequest = 100;

export type FailedRow = { id: number; modified: string; task: Task };

/**
 * For a moment a failed task has no message; it counts once it has one
 * (docs/paperless-api.md#missing-task-messages).
 */
export const rowsOf = (tasks: readonly Task[]): FailedRow[] =>
	tasks.flatMap((task) => {
		const modified = task.done ?? task.created;
		return task.id === null || modified === null || task.outcome.status === 'pending'
			? []
			: [{ id: task.id, modified, task }];
	});

/**
 * The latest failure of a paged list, and more until one of them has already been read. A task without
 * an end proves nothing: it may stand before all others (docs/paperless-api.md#task-filters).
 */
export async function latestFailures(
	context: Context,
	filter: TaskFilter,
	before: Cursor,
): Promise<FailedRow[]> {
	for (let limit = 1; ; limit = Math.max(tasksPerRequest, limit * 10)) {
		const tasks = await context.api.tasks.list(filter, limit);
		const rows = rowsOf(tasks);
		const newRows = new Set(readList(before, rows, clocksOf(context)).newRows);
		const isRead = rows.some((row) => row.task.done !== null && !newRows.has(row));
		if (isRead || tasks.length < limit) return rows;
	}
}
