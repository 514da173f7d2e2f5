import { PaperlessError } from '../../../api/errors';
import { attempt } from '../../../toolkit/attempt';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { optionsParameter } from '../../../toolkit/parameterBuilders';
import { presentOutcome } from '../shared/presentOutcome';
import { missingTask, taskFinder, taskIdFrom } from './taskFinder';
import { taskIdParameter } from './taskIdParameter';

/** Seconds */
const defaultTimeout = 600;

export const waitFor = defineOperation({
	value: 'waitFor',
	name: 'Wait For',
	action: 'Wait for task',
	description: 'Wait until consumption tasks finish; the tasks of all items are awaited together',
	access: 'read',
	parameters: [
		taskIdParameter,
		optionsParameter([
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
				default: defaultTimeout,
				description: 'Seconds to wait; unfinished tasks are returned with the outcome “pending”',
			},
		]),
	],
	async executeAll({ api, now }, calls) {
		const read = await Promise.all(
			calls.map(({ values }) => attempt(() => taskIdFrom(values.taskId))),
		);
		const taskIds = read.filter((taskId) => typeof taskId === 'string');
		const timeouts = calls.map(({ values }) => values.options.timeout ?? defaultTimeout);
		const timeout = Math.max(0, ...timeouts) * 1000;
		const outcomes = await api.tasks.awaitAll(taskIds, { timeout, now });
		const outcomeOf = (taskId: string) => outcomes.get(taskId) ?? { status: 'pending' };
		// The server does not distinguish an unknown task from one that has not been listed yet.
		const pending = [...new Set(taskIds)].filter(
			(taskId) => outcomeOf(taskId).status === 'pending',
		);
		const find = taskFinder(api);
		const found = await Promise.all(pending.map((taskId) => find(taskId)));
		const unknown = new Set(pending.filter((_, index) => found[index] === undefined));
		return calls.map(({ values }, index): Outcome => {
			const taskId = read[index] ?? '';
			if (taskId instanceof Error) return taskId;
			const outcome = outcomeOf(taskId);
			const isUnlisted = outcome.status === 'failed' && outcome.isUnlisted;
			if (isUnlisted || unknown.has(taskId)) return missingTask(taskId);
			const hasFailed = outcome.status === 'failed' || outcome.status === 'duplicate';
			if (hasFailed && values.options.onFailure === 'fail') {
				return new PaperlessError('invalid', `Task ${taskId} did not create a document`, {
					description: outcome.reason,
				});
			}
			return [{ json: { task_id: taskId, ...presentOutcome(outcome) } }];
		});
	},
});
