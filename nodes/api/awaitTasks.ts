import type { Connection } from './connection';
import type { Query } from './httpTransport';
import { explainPending, queueState } from './queueState';
import type { Consumption, Task } from './schemas/task';
import { explainDuplicate, taskListSchema } from './schemas/task';

export type AwaitOptions = {
	/** Milliseconds. Tasks that are not done by then are returned as pending. */
	timeout: number;
	now: () => number;
	/** Looks elsewhere for the result of a task that the server does not list. */
	findResult?: (taskId: string) => Promise<Consumption | undefined>;
};

/** One look per second is enough for several tasks; the end of the last one is to be seen early. */
const shortestPause = { forOne: 500, forSeveral: 1_000 } as const;
const longestPause = 5_000;

const rowsPerPage = 500;

/** Rows beyond the awaited tasks, for those that other clients start meanwhile. */
const spareRows = 25;

/** A plain list is not paged, so a server with more rows than these is asked for single tasks. */
const longestPlainList = 500;

/** The queue works in order, so only tasks at its head can be done. This many are looked at singly. */
const singlyAtOnce = 5;

/** Milliseconds after which a task that was never listed, or that was removed, is given up. */
const patience = { unlisted: 60_000, removed: 3_000 } as const;

/**
 * Milliseconds until the next look: half of the time that the rest of the queue takes at its
 * speed so far, and half of the time since something happened where that is longer.
 */
export function pauseBetweenLooks(queue: {
	waiting: number;
	finished: number;
	/** Milliseconds from the start to the last look that found a finished task. */
	working: number;
	/** Milliseconds since that look. */
	quiet: number;
}): number {
	const { waiting, finished, working, quiet } = queue;
	const rest = finished === 0 ? 0 : (waiting * working) / finished - quiet;
	const shortest = waiting === 1 ? shortestPause.forOne : shortestPause.forSeveral;
	return Math.min(Math.max(rest / 2, quiet / 2, shortest), longestPause);
}

class TaskWatch {
	private readonly connection: Connection;
	private readonly options: AwaitOptions;
	private readonly waiting: Set<string>;
	private readonly outcomes: Map<string, Consumption>;
	/** The latest row of each task that the server has listed. */
	private readonly rows = new Map<string, Task>();
	/** When a task was first missing from the list. */
	private readonly missingSince = new Map<string, number>();
	private isPlainListTooLong = false;

	constructor(connection: Connection, taskIds: readonly string[], options: AwaitOptions) {
		this.connection = connection;
		this.options = options;
		this.waiting = new Set(taskIds);
		this.outcomes = new Map(taskIds.map((taskId) => [taskId, { status: 'pending' }]));
	}

	async run(): Promise<Map<string, Consumption>> {
		const { timeout, now } = this.options;
		const start = now();
		let lastProgress = start;
		while (this.waiting.size > 0) {
			const before = this.waiting.size;
			await this.look();
			const waiting = this.waiting.size;
			if (waiting < before) lastProgress = now();
			const left = start + timeout - now();
			if (waiting === 0 || left <= 0) break;
			const pause = pauseBetweenLooks({
				waiting,
				finished: this.outcomes.size - waiting,
				working: lastProgress - start,
				quiet: now() - lastProgress,
			});
			await this.connection.wait(Math.min(pause, left));
		}
		if (this.waiting.size > 0) await this.explainRest();
		await this.nameDocuments();
		return this.outcomes;
	}

	private async look(): Promise<void> {
		if (this.waiting.size === 1 || this.isPlainListTooLong) await this.lookAtHead();
		else await this.lookTogether();
	}

	/** One request reports all tasks; those that it does not name are looked up singly. */
	private async lookTogether(): Promise<void> {
		const tasks = await this.request(await this.query());
		for (const task of tasks) if (this.waiting.has(task.taskId)) this.settle(task);
		const listed = new Set(tasks.map(({ taskId }) => taskId));
		const unlisted = [...this.waiting].filter((taskId) => !listed.has(taskId));
		await this.lookSingly(unlisted.slice(0, singlyAtOnce));
		const isPaged = (await this.connection.server()).has('pagedTasks');
		this.isPlainListTooLong = !isPaged && tasks.length > longestPlainList;
	}

	private async lookAtHead(): Promise<void> {
		for (let rest = [...this.waiting]; rest.length > 0; ) {
			const head = rest.splice(0, singlyAtOnce);
			await this.lookSingly(head);
			if (head.some((taskId) => this.waiting.has(taskId))) break;
		}
	}

	private async request(query: Query): Promise<Task[]> {
		return (await this.connection.get('api/tasks/', query, taskListSchema)).results;
	}

	/**
	 * From version 10 of the API on, a page that begins with the oldest awaited task as soon as its
	 * creation is known; before that all uploads that nobody has dismissed
	 * (docs/paperless-api.md#task-lists).
	 */
	private async query(): Promise<Query> {
		if (!(await this.connection.server()).has('pagedTasks')) {
			return { task_name: 'consume_file', acknowledged: 'false' };
		}
		const waiting = [...this.waiting];
		const created = waiting.flatMap((taskId) => this.rows.get(taskId)?.created ?? []);
		const [oldest] = created.sort((a, b) => Date.parse(a) - Date.parse(b));
		return {
			page_size: String(Math.min(waiting.length + spareRows, rowsPerPage)),
			...(oldest !== undefined &&
				created.length === waiting.length && {
					date_created_after: oldest,
					ordering: 'date_created',
				}),
		};
	}

	private async lookSingly(taskIds: readonly string[]): Promise<void> {
		const found = await Promise.all(taskIds.map((taskId) => this.request({ task_id: taskId })));
		for (const [index, taskId] of taskIds.entries()) {
			const task = found[index]?.[0];
			if (task) this.settle(task);
			else await this.settleMissing(taskId);
		}
	}

	private settle(task: Task): void {
		this.rows.set(task.taskId, task);
		this.missingSince.delete(task.taskId);
		this.keep(task.taskId, task.outcome);
	}

	private keep(taskId: string, outcome: Consumption): void {
		this.outcomes.set(taskId, outcome);
		if (outcome.status !== 'pending') this.waiting.delete(taskId);
	}

	/**
	 * A task may be listed after the reply to the upload (docs/paperless-api.md#unlisted-tasks), or
	 * never. Its result may be there all the same.
	 */
	private async settleMissing(taskId: string): Promise<void> {
		const { now, findResult } = this.options;
		const since = this.missingSince.get(taskId) ?? now();
		this.missingSince.set(taskId, since);
		const missing = now() - since;
		if (missing < patience.removed) return;
		const result = await findResult?.(taskId);
		const wasListed = this.rows.has(taskId);
		if (result) this.keep(taskId, result);
		else if (wasListed || missing >= patience.unlisted) {
			const removed = 'The server removed the task from its list before the task ended.';
			this.keep(
				taskId,
				wasListed
					? { status: 'failed', reason: removed }
					: { status: 'failed', reason: 'The server lists no such task.', isUnlisted: true },
			);
		}
	}

	/** A duplicate may be that of a version, whose id is no document (docs/paperless-api.md#duplicates). */
	private async nameDocuments(): Promise<void> {
		for (const [taskId, outcome] of this.outcomes) {
			if (outcome.status !== 'duplicate' || outcome.documentId === null) continue;
			const documentId = await this.connection.rootOf(outcome.documentId).then(
				(root) => root,
				() => undefined,
			);
			if (documentId === undefined) continue;
			const reason = explainDuplicate(documentId);
			this.outcomes.set(taskId, { ...outcome, documentId, reason });
		}
	}

	private async explainRest(): Promise<void> {
		// Tasks have no reason where the user may not read what explains it.
		const state = await queueState(this.connection).then(
			(read) => read,
			() => undefined,
		);
		for (const taskId of state ? this.waiting : []) {
			const reason = state && explainPending(this.rows.get(taskId), state);
			this.outcomes.set(taskId, { status: 'pending', ...(reason !== undefined && { reason }) });
		}
	}
}

/** Waits for tasks together. Returns their outcomes in the order of the ids. */
export async function awaitTasks(
	connection: Connection,
	taskIds: readonly string[],
	options: AwaitOptions,
): Promise<Map<string, Consumption>> {
	return await new TaskWatch(connection, taskIds, options).run();
}
