import { randomUUID } from 'node:crypto';
import { boolean, choice, integer, list, validate, wrong } from './fields.mts';
import type { Check, Field } from './fields.mts';
import { applyFilters, timeOf, yesOrNo } from './filters.mts';
import type { Filter, Filters } from './filters.mts';
import { data, detail, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { compareKeys, groupedBy, orderBy, paginate } from './objectList.mts';
import type { Sortings } from './objectList.mts';
import { idParam } from './objects.mts';
import { forbidden, may, mayMonitor } from './permissions.mts';
import type { Store, Task } from './store.mts';
import { isoTime, seconds } from './times.mts';

const taskTypes = [
	'consume_file',
	'train_classifier',
	'sanity_check',
	'index_optimize',
	'mail_fetch',
	'llm_index',
	'empty_trash',
	'check_workflows',
	'bulk_update',
	'reprocess_document',
	'build_share_link',
	'bulk_delete',
];
const sources = [
	'scheduled',
	'web_ui',
	'api_upload',
	'folder_consume',
	'email_consume',
	'system',
	'manual',
];
const complete = ['success', 'failure', 'revoked'];
const statuses = ['pending', 'started', ...complete];
const oldNames: Record<string, string> = {
	sanity_check: 'check_sanity',
	llm_index: 'llmindex_update',
};
const oldTypes: Record<string, string> = { manual: 'manual_task', scheduled: 'scheduled_task' };

const words = (text: string): string =>
	text
		.split('_')
		.map((word) =>
			word === 'api' || word === 'ui' || word === 'llm'
				? word.toUpperCase()
				: `${word[0]?.toUpperCase()}${word.slice(1)}`,
		)
		.join(' ');

const time = (timestamp: string | null): string | null => timestamp && isoTime(timestamp);

const isPaged = ({ profile, apiVersion }: Call): boolean => profile.tasksPaged && apiVersion >= 10;

const duration = ({ date_started: from, date_done: to }: Task): number | null =>
	from && to ? seconds(from, to) : null;

const waitingTime = ({ date_created: from, date_started: to }: Task): number | null =>
	to === null ? null : seconds(from, to);

const showNew = (task: Task): object => ({
	id: task.id,
	task_id: task.task_id,
	task_type: task.task_type,
	task_type_display: words(task.task_type),
	trigger_source: task.trigger_source,
	trigger_source_display: words(task.trigger_source),
	status: task.status,
	status_display: words(task.status),
	date_created: time(task.date_created),
	date_started: time(task.date_started),
	date_done: time(task.date_done),
	duration_seconds: duration(task),
	wait_time_seconds: task.date_done && waitingTime(task),
	input_data: task.input_data,
	result_data: task.result_data,
	related_document_ids: task.related_document === null ? [] : [task.related_document],
	acknowledged: task.acknowledged,
	owner: task.owner,
});

const oldType = ({ profile }: Call, task: Task): string => {
	const manual = profile.tasksPaged && /^(api_upload|web_ui)$/.test(task.trigger_source);
	return manual ? 'manual_task' : (oldTypes[task.trigger_source] ?? 'auto_task');
};

const showOld = (call: Call, task: Task): object => ({
	id: task.id,
	task_id: task.task_id,
	task_name: oldNames[task.task_type] ?? task.task_type,
	task_file_name: task.input_data['filename'] ?? null,
	date_created: time(task.date_created),
	date_done: time(task.date_done),
	type: oldType(call, task),
	status: task.status.toUpperCase(),
	result: task.result,
	acknowledged: task.acknowledged,
	related_document:
		call.profile.tasksPaged || task.related_document === null
			? task.related_document
			: String(task.related_document),
	...(call.profile.tasksPaged && { duplicate_documents: [] }),
	owner: task.owner,
});

const show =
	(call: Call) =>
	(task: Task): object =>
		isPaged(call) ? showNew(task) : showOld(call, task);

const notAChoice = (value: string): never =>
	wrong(`Select a valid choice. ${value} is not one of the available choices.`);

const among =
	(known: readonly string[], get: (task: Task, call: Call) => string): Filter<Task> =>
	(value, call) => {
		const wanted = isPaged(call) ? call.query.all(lastName(call, value)) : [value];
		const stranger = wanted.find((name) => !known.includes(name));
		return stranger === undefined
			? (task) => wanted.includes(get(task, call))
			: notAChoice(stranger);
	};

/** The name of the parameter with this value. Several values of a parameter are alternatives. */
const lastName = ({ query }: Call, value: string): string =>
	query.pairs.findLast(([, text]) => text === value)?.[0] ?? '';

const shared: Filters<Task> = {
	task_id: (value) => (task) => task.task_id === value,
	acknowledged: yesOrNo((task) => task.acknowledged),
};

const newFilters: Filters<Task> = {
	...shared,
	task_type: among(taskTypes, (task) => task.task_type),
	trigger_source: among(sources, (task) => task.trigger_source),
	status: among(statuses, (task) => task.status),
	is_complete: yesOrNo(({ status }) => complete.includes(status)),
	owner: (value, { store }) =>
		store.users.rows.has(Number(value))
			? (task) => task.owner === Number(value)
			: notAChoice('That choice'),
	name: (value) => {
		const wanted = value.toLowerCase();
		return (task) =>
			[String(task.input_data['filename'] ?? ''), words(task.task_type), words(task.trigger_source)]
				.join('\n')
				.toLowerCase()
				.includes(wanted);
	},
	result: (value) => {
		const wanted = value.toLowerCase();
		const has = (text: unknown) =>
			String(text ?? '')
				.toLowerCase()
				.includes(wanted);
		const is = (id: unknown) => id !== undefined && id !== null && id === Number(value);
		return ({ result_data: data }) =>
			has(data?.['reason']) ||
			has(data?.['error_message']) ||
			is(data?.['document_id']) ||
			is(data?.['duplicate_of']);
	},
	date_created_after: (value) => {
		const from = timeOf(value);
		return (task) => task.date_created >= from;
	},
	date_created_before: (value) => {
		const to = timeOf(value);
		return (task) => task.date_created <= to;
	},
};

const upper = statuses.map((status) => status.toUpperCase());

const oldFilters: Filters<Task> = {
	...shared,
	status: among([...upper, 'RECEIVED', 'RETRY'], (task) => task.status.toUpperCase()),
	task_name: among(
		['consume_file', 'train_classifier', 'check_sanity', 'index_optimize'],
		(task) => oldNames[task.task_type] ?? task.task_type,
	),
	type: among(['auto_task', 'scheduled_task', 'manual_task'], (task, call) => oldType(call, task)),
};

/** 3.0 keeps the names of the old filters but accepts only the new values of `status`. */
const bridgedFilters: Filters<Task> = {
	...shared,
	status: among(statuses, (task) => task.status),
	task_name: (value) => (task) => (oldNames[task.task_type] ?? task.task_type) === value,
	type: (value, call) =>
		['auto_task', 'scheduled_task', 'manual_task'].includes(value)
			? (task) => oldType(call, task) === value
			: undefined,
};

const sortings: Sortings<Task> = {
	duration_seconds: (task) => task.date_done && duration(task),
	date_created: (task) => task.date_created,
	date_done: (task) => task.date_done,
	status: (task) => task.status,
	task_type: (task) => task.task_type,
	task_name: (task) => task.task_type,
};

const visible = ({ store, user }: Call): Task[] =>
	store.tasks.filter(
		({ owner }) => user.is_staff || user.is_superuser || owner === null || owner === user.id,
	);

const model = 'paperlesstask';

function listTasks(call: Call): Reply {
	const filters = isPaged(call)
		? newFilters
		: call.profile.tasksPaged
			? bridgedFilters
			: oldFilters;
	const found = applyFilters(call, visible(call), filters);
	const offered = isPaged(call) ? sortings : { ...sortings, id: ({ id }: Task) => id };
	const ordered = orderBy(found, call.query.get('ordering'), offered) ?? found.toReversed();
	if (!isPaged(call)) return ok(ordered.map(show(call)));
	const { rows, envelope } = paginate(call, ordered, ({ id }) => id);
	return ok({ ...envelope, results: rows.map(show(call)) });
}

function read(call: Call): Reply {
	const id = idParam(call.params['id'] ?? '');
	const task = visible(call).find((candidate) => candidate.id === id);
	return task ? ok(show(call)(task)) : detail(404, 'No PaperlessTask matches the given query.');
}

const taskList: Check = (value, store) => {
	const ids = list(integer())(value, store) as number[];
	const tasks = ids.map((id) => store.tasks.get(id));
	return tasks.includes(undefined) || new Set(ids).size < ids.length
		? wrong("Some tasks in tasks don't exist or were specified twice.")
		: tasks;
};

function acknowledge(call: Call): Reply {
	const { store, user, profile } = call;
	if (!may(store, user, profile.acknowledgingNeeds)) detail(403, forbidden);
	const fields: Record<string, Field> = {
		tasks: { check: taskList, required: !profile.tasksPaged },
		...(profile.tasksPaged && { all: { check: boolean } }),
	};
	const { tasks, all } = validate(fields, data(call), store, false);
	const chosen = all === true ? visible(call).filter(({ acknowledged }) => !acknowledged) : tasks;
	if (chosen === undefined) return wrong('Either all must be true or tasks must be provided.');
	for (const task of chosen as Task[]) task.acknowledged = true;
	return ok({ result: (chosen as Task[]).length });
}

/** Milliseconds. */
const dayLength = 24 * 60 * 60 * 1000;

function summary(call: Call): Reply {
	const days = call.query.filled('days') ?? '30';
	if (!/^-?\d+$/.test(days)) refuse(400, { days: 'Must be a positive integer.' });
	const span = Math.min(365, Math.max(1, Number(days))) * dayLength;
	const isMonitor = mayMonitor(call);
	if (!isMonitor && !may(call.store, call.user, `view_${model}`)) detail(403, forbidden);
	const recent = (isMonitor ? [...call.store.tasks.values()] : visible(call)).filter(
		({ date_created: date }) => Date.parse(call.store.now()) - Date.parse(date) <= span,
	);
	const types = [...groupedBy(recent, ({ task_type: type }) => type)];
	const sorted = types.toSorted(([a], [b]) => compareKeys(a, b));
	return ok(sorted.map(([type, tasks]) => summarize(type, tasks)));
}

function summarize(type: string, tasks: Task[]): object {
	const having = (status: string) => tasks.filter((task) => task.status === status);
	const last = (times: (string | null)[]) => time(times.toSorted(compareKeys).at(-1) ?? null);
	const average = (of: (task: Task) => number | null) => {
		const values = tasks.map(of).filter((value) => value !== null);
		return values.length === 0
			? null
			: values.reduce((sum, value) => sum + value, 0) / values.length;
	};
	const done = ({ date_done: date }: Task) => date;
	return {
		task_type: type,
		total_count: tasks.length,
		pending_count: having('pending').length,
		success_count: having('success').length,
		failure_count: having('failure').length,
		avg_duration_seconds: average(duration),
		avg_wait_time_seconds: average(waitingTime),
		last_run: last(tasks.map(({ date_created: date }) => date)),
		last_success: last(having('success').map(done)),
		last_failure: last(having('failure').map(done)),
	};
}

function statusCounts(call: Call): Reply {
	const tasks = applyFilters(call, visible(call), newFilters);
	const count = (...wanted: string[]) =>
		tasks.filter(({ status }) => wanted.includes(status)).length;
	return ok({
		all: tasks.length,
		needs_attention: count('failure', 'revoked'),
		in_progress: count('pending', 'started'),
		completed: count('success'),
	});
}

/** Tasks that the API started have no owner, apart from uploads. */
export function recordWork(store: Store, type: string, result: string | null = null): Task {
	const now = store.now();
	return store.tasks.add({
		task_id: randomUUID(),
		task_type: type,
		trigger_source: type === 'bulk_update' ? 'system' : 'manual',
		status: 'success',
		date_created: now,
		date_started: now,
		date_done: store.now(),
		input_data: {},
		result_data: null,
		result,
		related_document: null,
		acknowledged: false,
		owner: null,
	});
}

/** The work that clients can start on 2.x, with the words of its task and its reply. */
const oldWork: Record<string, { type?: string; result?: string; reply?: string }> = {
	index_optimize: {},
	train_classifier: {
		type: 'train_classifier',
		result: 'No automatic matching items, not training',
	},
	check_sanity: {
		type: 'sanity_check',
		result: '0 issues found.',
		reply: 'No issues detected.',
	},
};

function runTask(call: Call): Reply {
	const { store, profile, user } = call;
	if (!user.is_superuser) return detail(403, forbidden);
	const known = profile.tasksPaged ? taskTypes : [...Object.keys(oldWork), 'consume_file'];
	const key = profile.tasksPaged ? 'task_type' : 'task_name';
	const fields = { [key]: { check: choice(...known), required: true } };
	const name = validate(fields, data(call), store, false)[key] as string;
	if (profile.tasksPaged) {
		return ['train_classifier', 'sanity_check', 'llm_index'].includes(name)
			? ok({ task_id: recordWork(store, name).task_id })
			: refuse(400, { error: `Task type '${name}' cannot be manually triggered` });
	}
	const work = oldWork[name];
	if (work === undefined) return plain(500, 'Error running task, check logs for more detail.');
	if (work.type) recordWork(store, work.type, work.result);
	return ok({ result: work.reply ?? null });
}

const active = (call: Call): Reply =>
	ok(
		visible(call)
			.filter(({ date_done: done }) => done === null)
			.slice(0, 50)
			.map(show(call)),
	);

const since = 'documentVersions';

export const taskRoutes: Route[] = [
	{ path: 'tasks/', model, on: { GET: listTasks } },
	{ path: 'tasks/acknowledge/', on: { POST: acknowledge } },
	{ path: 'tasks/run/', on: { POST: runTask } },
	{ path: 'tasks/summary/', since, on: { GET: summary } },
	{ path: 'tasks/status_counts/', since, model, on: { GET: statusCounts } },
	{ path: 'tasks/active/', since, model, on: { GET: active } },
	{ path: 'tasks/:id/', model, on: { GET: read } },
];
