import type { Connection } from './connection';
import type { Consumption } from './schemas/task';
import { taskListSchema } from './schemas/task';

export type AwaitOptions = {
	/** Milliseconds; what is not done by then comes back as pending. */
	timeout: number;
	now: () => number;
};

const firstPause = 500;
const longestPause = 5_000;

/** A queue works in order, so only its head can be done: no more are asked about at a time. */
const askedAtOnce = 5;

export function tasks(connection: Connection) {
	/** A task that is not listed yet is pending: its row may follow the upload's reply (§7). */
	const outcome = async (taskId: string): Promise<Consumption> => {
		const [found] = await connection.get('api/tasks/', { task_id: taskId }, taskListSchema);
		return found ?? { status: 'pending' };
	};
	return {
		outcome,
		/** Waits for consumption tasks together and returns their outcomes in the order asked for. */
		async awaitAll(
			taskIds: readonly string[],
			{ timeout, now }: AwaitOptions,
		): Promise<Map<string, Consumption>> {
			const outcomes = new Map<string, Consumption>(
				taskIds.map((taskId) => [taskId, { status: 'pending' }]),
			);
			const deadline = now() + timeout;
			let waiting = [...new Set(taskIds)];
			for (let pause = firstPause; waiting.length > 0; ) {
				const before = waiting.length;
				let stillPending: string[] = [];
				while (waiting.length > 0 && stillPending.length < askedAtOnce) {
					const asked = waiting.splice(0, askedAtOnce - stillPending.length);
					const seen = await Promise.all(asked.map(async (taskId) => await outcome(taskId)));
					asked.forEach((taskId, index) =>
						outcomes.set(taskId, seen[index] ?? { status: 'pending' }),
					);
					stillPending = [
						...stillPending,
						...asked.filter((taskId) => outcomes.get(taskId)?.status === 'pending'),
					];
				}
				waiting = [...stillPending, ...waiting];
				if (waiting.length < before) pause = firstPause;
				if (waiting.length === 0 || now() + pause > deadline) break;
				await connection.wait(pause);
				pause = Math.min(pause * 1.5, longestPause);
			}
			return outcomes;
		},
	};
}

export type TasksApi = ReturnType<typeof tasks>;
