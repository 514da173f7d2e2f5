import type { Connection } from './connection';
import { latestTasks } from './latestTasks';
import type { Task } from './schemas/task';
import { taskListSchema } from './schemas/task';

/** What the server's worker is doing, as far as the list of tasks shows it. */
export type QueueState = {
	isWorking: boolean;
	/** ISO instant of the latest start or end of a task. */
	lastSign: string | undefined;
};

const latest = (times: ReadonlyArray<string | null>) =>
	times
		.flatMap((time) => time ?? [])
		.sort((a, b) => Date.parse(a) - Date.parse(b))
		.at(-1);

export async function queueState(connection: Connection): Promise<QueueState> {
	const list = async (query: Record<string, string>): Promise<Task[]> =>
		(await connection.get('api/tasks/', query, taskListSchema)).results;
	const lastDone = (limit: number) =>
		list({ is_complete: 'true', ordering: '-date_done', page_size: String(limit) });
	const isPaged = (await connection.server()).has('pagedTasks');
	const tasks = isPaged
		? [
				...(await list({ status: 'started', page_size: '1' })),
				...(await latestTasks(lastDone, (done) => done.some((task) => task.done !== null))),
			]
		: await list({ task_name: 'consume_file', acknowledged: 'false' });
	return {
		isWorking: tasks.some(({ status }) => status === 'started'),
		lastSign: latest(tasks.flatMap(({ started, done }) => [started, done])),
	};
}

/** How far a task has come that is not done at the end of a wait. */
export function explainPending(
	task: Task | undefined,
	{ isWorking, lastSign }: QueueState,
): string {
	if (task === undefined) return 'The server does not list its task.';
	if (task.status === 'started') return 'The server is still working on it.';
	const { created } = task;
	const isIdle =
		!isWorking &&
		created !== null &&
		(lastSign === undefined || Date.parse(lastSign) < Date.parse(created));
	return isIdle
		? `No task was started since ${created}, so the server’s worker may not be running.`
		: 'It is still in the server’s queue.';
}
