import { latestTasks } from '../../api/latestTasks';
import type { TaskFilter } from '../../api/tasks';
import type { Task } from '../../api/schemas/task';
import type { Cursor } from '../../events/cursor';
import { readList } from '../../events/readList';
import type { Context } from '../../toolkit/operation';
import { clocksOf } from '../clocksOf';

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

/** The latest failure of a paged list, and more until one of them has already been read. */
export async function latestFailures(
	context: Context,
	filter: TaskFilter,
	before: Cursor,
): Promise<FailedRow[]> {
	const isRead = (tasks: readonly Task[]) => {
		const rows = rowsOf(tasks);
		const newRows = new Set(readList(before, rows, clocksOf(context)).newRows);
		return rows.some((row) => row.task.done !== null && !newRows.has(row));
	};
	return rowsOf(await latestTasks((limit) => context.api.tasks.list(filter, limit), isRead));
}
