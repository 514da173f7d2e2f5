import { PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Consumption, Task } from '../../../api/schemas/task';

/** A file of a mail, and what became of it. */
export type FetchedFile = { task: Task; rule: number; outcome: Consumption };

/** `busy`: files of earlier mails are not consumed yet, so no fetching was started. */
export type Fetch = { outcome: 'busy' | 'done' | 'pending'; files: FetchedFile[] };

type Wait = {
	account: number;
	/** The ids of the mail rules of the account. */
	rules: ReadonlySet<number>;
	/** Milliseconds since 1970. */
	deadline: number;
	now: () => number;
};

/** More tasks than other clients start while the request is on its way. */
const latestFetches = 25;

const latest = (api: PaperlessClient) => api.tasks.list({ type: 'mail_fetch' }, latestFetches);

const isAbout = ({ input }: Task, account: number): boolean =>
	Array.isArray(input.account_ids) && input.account_ids.includes(account);

const lost = (words: string): PaperlessError =>
	new PaperlessError('unavailable', 'Paperless-ngx did not end the fetching of mails', {
		description: words,
	});

const isPending = ({ status }: Consumption): boolean => status === 'pending';

async function awaitTasks(
	api: PaperlessClient,
	tasks: readonly Task[],
	{ deadline, now }: Wait,
): Promise<Consumption[]> {
	const taskIds = tasks.map(({ taskId }) => taskId);
	const options = { timeout: Math.max(0, deadline - now()), now };
	const outcomes = await api.tasks.awaitAll(taskIds, options);
	return tasks.map(({ taskId, outcome }) => outcomes.get(taskId) ?? outcome);
}

/** Waits for those of the tasks, newest first, that consume files of the account. */
async function awaitFiles(
	api: PaperlessClient,
	tasks: readonly Task[],
	wait: Wait,
): Promise<FetchedFile[]> {
	const files = tasks
		.map((task) => ({ task, rule: Number(task.input.mailrule_id) }))
		.filter(({ rule }) => wait.rules.has(rule))
		.toReversed();
	const outcomes = await awaitTasks(
		api,
		files.map(({ task }) => task),
		wait,
	);
	return files.map((file, index) => ({ ...file, outcome: outcomes[index] ?? file.task.outcome }));
}

/** Files that are on their way: until they are consumed, a fetching finds their mails once more. */
async function awaitEarlierFiles(api: PaperlessClient, wait: Wait): Promise<FetchedFile[]> {
	const states = ['pending', 'started'] as const;
	const lists = states.map((status) => api.tasks.list({ type: 'consume_file', status }));
	const tasks = new Map((await Promise.all(lists)).flat().map((task) => [task.taskId, task]));
	return await awaitFiles(api, [...tasks.values()], wait);
}

/**
 * Starts the fetching of an account and waits for it and for the files that it finds. The reply to
 * the request has no task (docs/paperless-api.md#fetched-mails), so the first new one about the
 * account is taken for it.
 */
export async function awaitFetch(api: PaperlessClient, wait: Wait): Promise<Fetch> {
	const earlier = (await awaitEarlierFiles(api, wait)).filter(({ outcome }) => isPending(outcome));
	if (earlier.length > 0) return { outcome: 'busy', files: earlier };
	const before = new Set((await latest(api)).map(({ taskId }) => taskId));
	await api.mailAccounts.process(wait.account);
	const fetch = (await latest(api))
		.filter((task) => !before.has(task.taskId) && isAbout(task, wait.account))
		.at(-1);
	if (!fetch) throw lost('It accepted the request, but lists no task for it.');
	const [fetched = fetch.outcome] = await awaitTasks(api, [fetch], wait);
	if (fetched.status === 'failed') throw lost(fetched.reason);
	const since = fetch.created === null ? {} : { createdAfter: fetch.created };
	const files = await awaitFiles(
		api,
		await api.tasks.list({ type: 'consume_file', ...since }),
		wait,
	);
	const isUnfinished = [fetched, ...files.map(({ outcome }) => outcome)].some(isPending);
	return { outcome: isUnfinished ? 'pending' : 'done', files };
}
