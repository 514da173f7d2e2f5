import { asError, isPaperlessError } from '../../../api/errors';
import { together } from '../../../api/together';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { missingTask, taskFinder } from './taskFinder';
import { taskIdParameter } from './taskIdParameter';

export const acknowledge = defineOperation({
	value: 'acknowledge',
	name: 'Acknowledge',
	action: 'Acknowledge task',
	description: 'Dismiss a task so it is no longer shown as new',
	access: 'write',
	parameters: [{ ...taskIdParameter, description: 'The task_id or the id of a task' }],
	async executeAll({ api }, calls) {
		const find = taskFinder(api);
		const rowId = async (taskId: string): Promise<number> => {
			if (/^\d+$/.test(taskId)) return Number(taskId);
			const id = (await find(taskId))?.id;
			if (typeof id !== 'number') throw missingTask(taskId);
			return id;
		};
		const ids = await Promise.all(
			calls.map(({ values }) => rowId(values.taskId.trim()).catch(asError)),
		);
		const refusals = await together(
			ids.filter((id) => typeof id === 'number'),
			(some) => api.tasks.acknowledge(some),
		);
		return ids.map((id): Outcome => {
			if (id instanceof Error) return id;
			const refusal = refusals.get(id);
			if (refusal === undefined) return [{ json: { id, acknowledged: true } }];
			return isPaperlessError(refusal, 'invalid') ? missingTask(String(id)) : refusal;
		});
	},
});
