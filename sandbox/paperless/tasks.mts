import { choice, wrong } from './fields.mts';
import { randomUUID } from 'node:crypto';
import { applyFilters, equals, timeOf, yesOrNo } from './filters.mts';
import type { Filter, Filters } from './filters.mts';
import { data, detail, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { groupedBy, orderBy, paginate } from './objectList.mts';
import type { Sortings } from './objectList.mts';
import { idParam } from './objects.mts';
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
const statuses = ['pending', 'started', 'success', 'failure', 'revoked'];
const oldNames: Record<string, string> = {
	sanity_check: 'check_sanity',
	llm_index: 'llmindex_update',
};
const oldTypes: Record<string, string> = { api_upload: 'auto_task', scheduled: 'scheduled_task' };

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
	duration_seconds:
		task.date_started && task.date_done && seconds(task.date_started, task.date_done),
	wait_time_seconds:
		task.date_started && task.date_done && seconds(task.date_created, task.date_started),
	input_data: task.input_data,
	result_data: task.result_data,
	related_document_ids: task.related_document === null ? [] : [task.related_document],
	acknowledged: task.acknowledged,
	owner: task.owner,
});

const oldType = ({ profile }: Call, task: Task): string => {
	const manual = profile.tasksPaged && task.trigger_source === 'api_upload';
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

/** The parameter that holds the value; several values of it are alternatives. */
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
	is_complete: yesOrNo((task) => task.date_done !== null),
	owner: equals((task) => task.owner),
	name: (value) => {
		const wanted = value.toLowerCase();
		return (task) =>
			`${String(task.input_data['filename'])}\n${words(task.task_type)}`
				.toLowerCase()
				.includes(wanted);
	},
	result: (value) => (task) =>
		JSON.stringify(task.result_data).toLowerCase().includes(value.toLowerCase()),
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

/** 3.0 keeps the names of old filters, but only takes the new values of `status`. */
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
	id: (task) => task.id,
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

function list(call: Call): Reply {
	const filters = isPaged(call)
		? newFilters
		: call.profile.tasksPaged
			? bridgedFilters
			: oldFilters;
	const newest = applyFilters(call, visible(call), filters).toReversed();
	const ordered = orderBy(newest, call.query.get('ordering'), sortings) ?? newest;
	if (!isPaged(call)) return ok(ordered.map(show(call)));
	const { rows, envelope } = paginate(call, ordered, ({ id }) => id);
	return ok({ ...envelope, results: rows.map(show(call)) });
}

function read(call: Call): Reply {
	const id = idParam(call.params['id'] ?? '');
	const task = visible(call).find((candidate) => candidate.id === id);
	return task ? ok(show(call)(task)) : detail(404, 'No PaperlessTask matches the given query.');
}

function acknowledge(call: Call): Reply {
	const { tasks: given, all } = data(call);
	if (call.profile.tasksPaged && all === true) {
		const open = visible(call).filter((task) => !task.acknowledged);
		for (const task of open) task.acknowledged = true;
		return ok({ result: open.length });
	}
	if (!Array.isArray(given)) return refuse(400, { tasks: ['This field is required.'] });
	const strange = given.findIndex((id) => !/^\d+$/.test(String(id)));
	if (strange >= 0) refuse(400, { tasks: { [strange]: ['A valid integer is required.'] } });
	const tasks = given.map((id) => call.store.tasks.get(Number(id)));
	if (tasks.includes(undefined) || new Set(tasks).size < tasks.length) {
		refuse(400, { tasks: ["Some tasks in tasks don't exist or were specified twice."] });
	}
	for (const task of tasks) if (task) task.acknowledged = true;
	return ok({ result: tasks.length });
}

function summary(call: Call): Reply {
	const days = call.query.filled('days') ?? '30';
	if (!/^\d+$/.test(days)) refuse(400, { days: 'Must be a positive integer.' });
	const types = groupedBy(visible(call), ({ task_type: type }) => type);
	return ok(
		[...types].map(([type, tasks]) => {
			const times = (wanted?: string) =>
				time(
					tasks
						.filter(({ status }) => wanted === undefined || status === wanted)
						.map(({ date_created: date }) => date)
						.toSorted()
						.at(-1) ?? null,
				);
			const count = (wanted: string) => tasks.filter(({ status }) => status === wanted).length;
			const average = (of: (task: Task) => number | null) => {
				const values = tasks.map(of).filter((value) => value !== null);
				return values.length === 0
					? null
					: values.reduce((sum, value) => sum + value, 0) / values.length;
			};
			return {
				task_type: type,
				total_count: tasks.length,
				pending_count: count('pending'),
				success_count: count('success'),
				failure_count: count('failure'),
				avg_duration_seconds: average(({ date_started: from, date_done: to }) =>
					from && to ? seconds(from, to) : null,
				),
				avg_wait_time_seconds: average(({ date_created: from, date_started: to }) =>
					to ? seconds(from, to) : null,
				),
				last_run: times(),
				last_success: times('success'),
				last_failure: times('failure'),
			};
		}),
	);
}

function statusCounts(call: Call): Reply {
	const open = visible(call).filter(({ acknowledged }) => !acknowledged);
	const count = (...wanted: string[]) =>
		open.filter(({ status }) => wanted.includes(status)).length;
	return ok({
		all: open.length,
		needs_attention: count('failure', 'revoked'),
		in_progress: count('pending', 'started'),
		completed: count('success'),
	});
}

/** 3.0 tells of all its work by tasks; what was asked of it over the API has no owner. */
export function recordWork(store: Store, type: string, source: string): Task {
	const now = store.now();
	const task = {
		task_id: randomUUID(),
		task_type: type,
		trigger_source: source,
		status: 'success' as const,
		date_created: now,
		date_started: now,
		date_done: store.now(),
		input_data: {},
		result_data: null,
		result: null,
		related_document: null,
		acknowledged: false,
		owner: null,
	};
	return store.profile.tasksPaged ? store.tasks.add(task) : { id: 0, ...task };
}

function runTask(call: Call): Reply {
	if (!call.user.is_superuser) return plain(403, 'Insufficient permissions');
	const body = data(call);
	if (!call.profile.tasksPaged) {
		const name = choice(
			'index_optimize',
			'train_classifier',
			'check_sanity',
			'consume_file',
		)(body['task_name'] ?? '', call.store);
		if (name === 'consume_file')
			return plain(500, 'Error running task, check logs for more detail.');
		return ok({ result: name === 'check_sanity' ? 'No issues detected.' : null });
	}
	const type = String(body['task_type']);
	if (!['train_classifier', 'sanity_check', 'llm_index'].includes(type)) {
		refuse(400, { error: `Task type '${type}' cannot be manually triggered` });
	}
	return ok({ task_id: recordWork(call.store, type, 'manual').task_id });
}

const active = (call: Call): Reply =>
	ok(
		visible(call)
			.filter(({ date_done: done }) => done === null)
			.slice(0, 50)
			.map(show(call)),
	);

const model = 'paperlesstask';
const since = 'documentVersions';

export const taskRoutes: Route[] = [
	{ path: 'tasks/', model, on: { GET: list } },
	{ path: 'tasks/acknowledge/', model, on: { POST: acknowledge } },
	{ path: 'tasks/run/', on: { POST: runTask } },
	{ path: 'tasks/summary/', since, model, on: { GET: summary } },
	{ path: 'tasks/status_counts/', since, model, on: { GET: statusCounts } },
	{ path: 'tasks/active/', since, model, on: { GET: active } },
	{ path: 'tasks/:id/', model, on: { GET: read } },
];
