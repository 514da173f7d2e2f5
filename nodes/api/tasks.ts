import { z } from 'zod';
import type { Connection } from './connection';
import type { AwaitOptions } from './awaitTasks';
import { awaitTasks } from './awaitTasks';
import type { Consumption, Task, TaskStatus } from './schemas/task';
import { taskListSchema, taskSchema } from './schemas/task';
import { taskCountsSchema, taskSummarySchema } from './schemas/taskSummary';
import type { Query } from './httpTransport';
import type { ListOptions } from './readAll';

const rowsAPage = 500;

export type TaskFilter = {
	status?: TaskStatus;
	/** By its name in 3.0. */
	type?: string;
	acknowledged?: boolean;
	/** Part of the file name. */
	name?: string;
	/** Whether the task has ended, well or not. */
	finished?: boolean;
	/** An ISO instant, inclusive. */
	createdAfter?: string;
	/** An ISO instant, inclusive. */
	createdBefore?: string;
	/** The id of a user. */
	owner?: number;
	/** Part of the result; from 3.0 on. */
	result?: string;
	/** What started the task; from 3.0 on. */
	triggerSource?: string;
	/** Sorts by the end of the task, latest first, in place of its creation. */
	lastDoneFirst?: boolean;
};

const unfinished: readonly TaskStatus[] = ['pending', 'started'];

type RunnableTask = 'index_optimize' | 'llm_index' | 'sanity_check' | 'train_classifier';

const legacyNames: Readonly<Record<string, string>> = { sanity_check: 'check_sanity' };

const runReply = z.object({ task_id: z.string().nullish(), result: z.string().nullish() });

const present = (query: Record<string, string | undefined>): Query =>
	Object.fromEntries(
		Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
	);

const currentQuery = ({
	status,
	type,
	acknowledged,
	name,
	finished,
	createdAfter,
	createdBefore,
	owner,
	result,
	triggerSource,
	lastDoneFirst,
}: TaskFilter) =>
	present({
		ordering: lastDoneFirst ? '-date_done' : undefined,
		status,
		name,
		is_complete: finished?.toString(),
		task_type: type,
		acknowledged: acknowledged?.toString(),
		date_created_after: createdAfter,
		date_created_before: createdBefore,
		owner: owner?.toString(),
		result,
		trigger_source: triggerSource,
	});

/**
 * The status is in capitals. An unknown value is rejected with 400
 * (docs/paperless-api.md#task-filters).
 */
const legacyQuery = ({ status, type, acknowledged }: TaskFilter) =>
	present({
		status: status?.toUpperCase(),
		task_name: type && (legacyNames[type] ?? type),
		acknowledged: acknowledged?.toString(),
	});

const isNamed =
	({ name }: TaskFilter) =>
	({ fileName }: Task): boolean =>
		name === undefined || (fileName ?? '').toLowerCase().includes(name.toLowerCase());

/** What 2.x cannot filter. */
const isAsWanted = (filter: TaskFilter): ((task: Task) => boolean) => {
	const { owner, createdBefore, createdAfter, finished } = filter;
	const hasName = isNamed(filter);
	return (task) =>
		hasName(task) &&
		(owner === undefined || task.owner === owner) &&
		(createdBefore === undefined || Date.parse(task.created ?? '') <= Date.parse(createdBefore)) &&
		(createdAfter === undefined || Date.parse(task.created ?? '') >= Date.parse(createdAfter)) &&
		(finished === undefined || finished !== unfinished.includes(task.status));
};

export function tasks(connection: Connection) {
	/**
	 * A task that is not listed yet is pending: its row may appear after the reply to the upload
	 * (docs/paperless-api.md#unlisted-tasks).
	 */
	const outcome = async (taskId: string): Promise<Consumption> => {
		const { results } = await connection.get('api/tasks/', { task_id: taskId }, taskListSchema);
		return results[0]?.outcome ?? { status: 'pending' };
	};
	return {
		outcome,

		/** Finds a task by the UUID that an upload returns. */
		async find(id: string): Promise<Task | undefined> {
			const query = { task_id: id };
			const { results } = await connection.get('api/tasks/', query, taskListSchema);
			return results[0];
		},

		/** Finds a task by the id of its row. */
		findRow: (id: number): Promise<Task | undefined> =>
			connection.find(`api/tasks/${id}/`, {}, taskSchema),

		/** One row for each type with tasks of these days, 1 to 365; from 3.0 on. */
		summary: (days: number) =>
			connection.get('api/tasks/summary/', { days: String(days) }, taskSummarySchema),

		/** How many tasks nobody has acknowledged, by their state; from 3.0 on. */
		unacknowledged: () =>
			connection.get('api/tasks/status_counts/', { acknowledged: 'false' }, taskCountsSchema),

		/**
		 * Newest first. 2.x sends the whole list at once and filters less, so the rest is filtered here.
		 * 3.0 finds a name among the words for types and sources, too, so that is filtered here as well
		 * (docs/paperless-api.md#task-filters).
		 */
		async list(
			filter: TaskFilter,
			limit = Number.POSITIVE_INFINITY,
			onCount?: ListOptions['onCount'],
		): Promise<Task[]> {
			const paged = (await connection.server()).has('pagedTasks');
			const query = paged ? currentQuery(filter) : legacyQuery(filter);
			const isCutByServer = paged && filter.name === undefined;
			const wanted = isCutByServer ? limit : Number.POSITIVE_INFINITY;
			const fits = paged ? isNamed(filter) : isAsWanted(filter);
			const seen = new Map<string, Task>();
			let total: number | undefined;
			for (let page = 1; seen.size < wanted; page += 1) {
				const paging = paged
					? { page: String(page), page_size: String(Math.min(wanted, rowsAPage)) }
					: {};
				const { results, count } = await connection.get(
					'api/tasks/',
					{ ...query, ...paging },
					taskListSchema,
				);
				// The filters of the other kind are ignored, so an upgrade meanwhile must be noticed.
				if ((await connection.server()).has('pagedTasks') !== paged)
					return await this.list(filter, limit, onCount);
				total = count;
				const before = seen.size;
				for (const task of results) seen.set(task.taskId, task);
				if (!paged || seen.size === before || seen.size >= (count ?? 0)) break;
			}
			const fitting = [...seen.values()].filter(fits);
			onCount?.((isCutByServer ? total : undefined) ?? fitting.length);
			return fitting.slice(0, limit);
		},

		/** Takes row ids. One unknown or repeated id rejects the whole request. */
		async acknowledge(ids: readonly number[]): Promise<void> {
			await connection.send(
				'POST',
				'api/tasks/acknowledge/',
				{ json: { tasks: ids } },
				z.unknown(),
			);
		},

		/** 2.x runs the task at once and returns its message; 3.0 queues it and returns its id. */
		async run(type: RunnableTask): Promise<{ task_id: string | null; result: string | null }> {
			const isQueued = (await connection.currentServer()).has('pagedTasks');
			const json = isQueued ? { task_type: type } : { task_name: legacyNames[type] ?? type };
			const reply = await connection.send('POST', 'api/tasks/run/', { json }, runReply);
			return { task_id: reply.task_id ?? null, result: reply.result ?? null };
		},

		/** Waits for tasks together. Returns their outcomes in the order of the ids. */
		awaitAll: (
			taskIds: readonly string[],
			options: AwaitOptions,
		): Promise<Map<string, Consumption>> => awaitTasks(connection, taskIds, options),
	};
}
