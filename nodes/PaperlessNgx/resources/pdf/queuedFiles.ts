import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Consumption, Task } from '../../../api/schemas/task';
import { until } from '../../../api/until';
import type { Context } from '../../../toolkit/operation';
import { unlessForbidden } from '../../../api/unlessForbidden';

/**
 * Files that an edit puts into the server's queue. The server returns no task for the edit, but it
 * derives the names of the files from the ids of the documents and lists their tasks before it
 * replies (docs/paperless-api.md#pdf-result-names, docs/paperless-api.md#tasks-of-pdf-edits).
 */
export type QueuedFiles = {
	/** One name per file. */
	fileNames: readonly string[];
	/** Whether a file with another name comes from the same edit as well. */
	isVariant?: (fileName: string) => boolean;
	/** The highest id of a document or version before the edit; what has a higher id is new. */
	newest: number;
	/** ISO instant before the edit; undefined where the server does not report its time. */
	since: string | undefined;
	/** Whether the server may list no task for them. */
	mayBeUnlisted: boolean;
	/** Looks for the results themselves: ids by file name. */
	find: () => Promise<Map<string, number>>;
};

/** Milliseconds in which a task shows up, though servers list it before they reply. */
const longestStart = 5_000;

/** Proxies may have another time than the server, by up to this many milliseconds. */
const clockDifference = 60_000;

export const momentBefore = ({ serverTime }: PaperlessClient): string | undefined =>
	serverTime === undefined ? undefined : new Date(serverTime - clockDifference).toISOString();

const isOld = ({ outcome }: Task, newest: number) =>
	outcome.status === 'created' && outcome.documentId !== null && outcome.documentId <= newest;

/** The latest tasks by file name; undefined where the user may not see tasks. */
async function listTasks(
	api: PaperlessClient,
	{ fileNames, isVariant = () => false, newest, since }: QueuedFiles,
): Promise<Map<string, Task> | undefined> {
	const filter = { type: 'consume_file', ...(since !== undefined && { createdAfter: since }) };
	const tasks = await unlessForbidden(api.tasks.list(filter, 500), undefined);
	if (tasks === undefined) return undefined;
	const latest = new Map<string, Task>();
	for (const task of tasks) {
		const name = task.fileName ?? '';
		const isWanted = fileNames.includes(name) || isVariant(name);
		if (isWanted && !latest.has(name) && !isOld(task, newest)) latest.set(name, task);
	}
	return latest;
}

/** The ids of the tasks by file name, or `unlisted` where only the results can be looked for. */
export type Started = Map<string, string> | 'unlisted';

/** Looks for the tasks of the files. Files that are left out were not queued by the server. */
export async function startedFiles(
	{ api, now }: Context,
	files: QueuedFiles,
	seconds: number,
): Promise<Started> {
	let latest = new Map<string, Task>();
	const look = async (): Promise<Started | undefined> => {
		const listed = await listTasks(api, files);
		if (listed === undefined) return 'unlisted';
		latest = listed;
		if (listed.size === 0 && files.mayBeUnlisted) return 'unlisted';
		return listed.size < files.fileNames.length ? undefined : idsOf(listed);
	};
	const pace = { first: 250, longest: 2_000, timeout: Math.min(seconds * 1000, longestStart) };
	return (await until({ wait: api.wait, now }, look, pace)) ?? idsOf(latest);
}

const idsOf = (tasks: ReadonlyMap<string, Task>) =>
	new Map([...tasks].map(([name, { taskId }]) => [name, taskId]));

/** The outcomes of the files by name, after at most this many seconds. */
export async function awaitFiles(
	{ api, now }: Context,
	files: QueuedFiles,
	started: Started,
	seconds: number,
): Promise<Map<string, Consumption>> {
	const timeout = seconds * 1000;
	if (started !== 'unlisted') {
		const outcomes = await api.tasks.awaitAll([...started.values()], { timeout, now });
		return new Map(
			[...started].map(([name, taskId]) => [name, outcomes.get(taskId) ?? { status: 'pending' }]),
		);
	}
	let found = new Map<string, number>();
	const look = async () => {
		found = await files.find();
		return found.size < files.fileNames.length ? undefined : true;
	};
	await until({ wait: api.wait, now }, look, { first: 500, longest: 3_000, timeout });
	return new Map(
		files.fileNames.map((name): [string, Consumption] => {
			const documentId = found.get(name);
			return documentId === undefined
				? [name, { status: 'pending' }]
				: [name, { status: 'created', documentId, reason: '' }];
		}),
	);
}
