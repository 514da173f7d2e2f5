import type { Task } from './schemas/task';

export const tasksPerRequest = 100;

/**
 * The first task of a list in the order of their ends, latest first, and more until they are
 * enough. A task without an end proves nothing: it may stand before all others
 * (docs/paperless-api.md#task-filters).
 */
export async function latestTasks(
	list: (limit: number) => Promise<Task[]>,
	isEnough: (tasks: readonly Task[]) => boolean,
): Promise<Task[]> {
	for (let limit = 1; ; limit = Math.max(tasksPerRequest, limit * 10)) {
		const tasks = await list(limit);
		if (isEnough(tasks) || tasks.length < limit) return tasks;
	}
}
