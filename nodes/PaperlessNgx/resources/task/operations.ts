import pLimit from 'p-limit';
import { PaperlessError } from '../../../api/errors';
import { instant } from '../../../toolkit/dates';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { limitOf, returnAllOrLimit } from '../shared/listing';
import { missingTask, shown, taskIdParameter } from './fields';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get task',
	description: 'Retrieve a task by its ID, in the same shape from every server',
	access: 'read',
	parameters: [taskIdParameter],
	async execute({ api }, { taskId }) {
		const task = await api.tasks.find(taskId.trim());
		if (!task) throw missingTask(taskId);
		return [{ json: shown(task) }];
	},
});

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many tasks',
	description: 'Retrieve a list of tasks, newest first',
	access: 'read',
	parameters: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Acknowledged',
					name: 'acknowledged',
					type: 'boolean',
					default: false,
					description: 'Whether the task was acknowledged (dismissed)',
				},
				{
					displayName: 'Created After',
					name: 'createdAfter',
					type: 'dateTime',
					default: '',
				},
				{
					displayName: 'File Name Contains',
					name: 'name',
					type: 'string',
					default: '',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Failure', value: 'failure' },
						{ name: 'Pending', value: 'pending' },
						{ name: 'Revoked', value: 'revoked' },
						{ name: 'Started', value: 'started' },
						{ name: 'Success', value: 'success' },
					],
					default: 'failure',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Consume File', value: 'consume_file' },
						{ name: 'Optimise Index', value: 'index_optimize' },
						{ name: 'Sanity Check', value: 'sanity_check' },
						{ name: 'Train Classifier', value: 'train_classifier' },
					],
					default: 'consume_file',
				},
			],
		},
	],
	async execute({ api, timeZone }, { filters, ...listing }) {
		const { createdAfter, name, ...others } = filters;
		const tasks = await api.tasks.list(
			{
				...others,
				...(createdAfter && { createdAfter: instant(createdAfter, 'Created After', timeZone) }),
				...(name && { name }),
			},
			limitOf(listing),
		);
		return tasks.map((task) => ({ json: shown(task) }));
	},
});

const lookupsAtOnce = 4;

export const acknowledge = defineOperation({
	value: 'acknowledge',
	name: 'Acknowledge',
	action: 'Acknowledge task',
	description: 'Dismiss a task, so that it is no longer shown as new',
	access: 'write',
	parameters: [{ ...taskIdParameter, description: 'The task_id or the id of a task' }],
	async executeAll({ api }, calls) {
		const atOnce = pLimit(lookupsAtOnce);
		const ids = await Promise.all(
			calls.map(async ({ values }): Promise<number | Error> => {
				const wanted = values.taskId.trim();
				if (/^\d+$/.test(wanted)) return Number(wanted);
				return await atOnce(async () => await api.tasks.find(wanted)).then(
					(task) => task?.id ?? missingTask(wanted),
					(error: Error) => error,
				);
			}),
		);
		const known = [...new Set(ids.filter((id) => typeof id === 'number'))];
		const refused =
			known.length > 0
				? await api.tasks.acknowledge(known).then(
						() => undefined,
						(error: Error) => error,
					)
				: undefined;
		const outcomes: Outcome[] = [];
		for (const id of ids) {
			const own =
				typeof id === 'number' && refused && known.length > 1
					? await api.tasks.acknowledge([id]).then(
							() => undefined,
							(error: Error) => error,
						)
					: refused;
			const unknown = own instanceof PaperlessError && own.kind === 'invalid';
			const refusal = unknown ? missingTask(String(id)) : own;
			outcomes.push(
				typeof id !== 'number' ? id : (refusal ?? [{ json: { id, acknowledged: true } }]),
			);
		}
		return outcomes;
	},
});

export const run = defineOperation({
	value: 'run',
	name: 'Run',
	action: 'Run task',
	description: 'Start a maintenance task; for administrators',
	access: 'write',
	parameters: [
		{
			displayName: 'Task',
			name: 'task',
			type: 'options',
			options: [
				{ name: 'AI Index', value: 'llm_index', description: 'From Paperless-ngx 3.0 on' },
				{
					name: 'Optimise Index',
					value: 'index_optimize',
					description: 'Before Paperless-ngx 3.0',
				},
				{ name: 'Sanity Check', value: 'sanity_check' },
				{ name: 'Train Classifier', value: 'train_classifier' },
			],
			default: 'sanity_check',
		},
	],
	async execute({ api }, { task }) {
		const server = await api.server();
		if (task === 'llm_index') server.require('aiFeatures');
		if (task === 'index_optimize' && server.has('pagedTasks')) {
			throw new PaperlessError('unsupported', 'This server optimises its index by itself', {
				description: `Paperless-ngx ${server.version} no longer lets this task be started.`,
			});
		}
		return [{ json: { task, ...(await api.tasks.run(task)) } }];
	},
});

export const waitFor = defineOperation({
	value: 'waitFor',
	name: 'Wait For',
	action: 'Wait for task',
	description: 'Wait until consumption tasks are done; several items are waited for together',
	access: 'read',
	parameters: [
		taskIdParameter,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'On Failure',
					name: 'onFailure',
					type: 'options',
					options: [
						{ name: 'Fail', value: 'fail', description: 'Stop with the reason' },
						{ name: 'Return', value: 'return', description: 'Return the task with its reason' },
					],
					default: 'return',
				},
				{
					displayName: 'Timeout',
					name: 'timeout',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 600,
					description: 'Seconds after which a task comes back with the outcome “pending”',
				},
			],
		},
	],
	async executeAll({ api, now }, calls) {
		const wanted = calls.map(({ values }) => values.taskId.trim());
		const timeout = Math.max(0, ...calls.map(({ values }) => values.options.timeout ?? 600)) * 1000;
		const outcomes = await api.tasks.awaitAll(wanted, { timeout, now });
		const open = wanted.filter(
			(taskId) => (outcomes.get(taskId)?.status ?? 'pending') === 'pending',
		);
		const atOnce = pLimit(lookupsAtOnce);
		const unknown = new Set(
			await Promise.all(
				[...new Set(open)].map(
					async (taskId) =>
						await atOnce(async () => ((await api.tasks.find(taskId)) ? undefined : taskId)),
				),
			),
		);
		return calls.map(({ values }, index): Outcome => {
			const taskId = wanted[index] ?? '';
			if (unknown.has(taskId)) return missingTask(taskId);
			const outcome = outcomes.get(taskId) ?? { status: 'pending' };
			if (
				values.options.onFailure === 'fail' &&
				(outcome.status === 'failed' || outcome.status === 'duplicate')
			) {
				return new PaperlessError('invalid', `The task ${taskId} did not make a document`, {
					description: outcome.reason,
				});
			}
			const documentId = 'documentId' in outcome ? outcome.documentId : null;
			return [
				{
					json: {
						task_id: taskId,
						outcome: outcome.status,
						document_id: outcome.status === 'created' ? documentId : null,
						duplicate_of: outcome.status === 'duplicate' ? documentId : null,
						message: 'reason' in outcome ? outcome.reason || null : null,
					},
				},
			];
		});
	},
});
