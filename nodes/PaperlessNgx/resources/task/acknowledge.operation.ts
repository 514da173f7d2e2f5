import { asError, isPaperlessError, PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { together } from '../../../api/together';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { missingTask, taskFinder, taskIdFrom } from './taskFinder';
import { taskOrRowIdParameter } from './taskIdParameter';

/**
 * The rows of all tasks that are not acknowledged. A user may acknowledge tasks without the
 * permission to look at them; the reply is all there is then.
 */
async function openTasks(api: PaperlessClient): Promise<Set<number | null> | Error> {
	try {
		return new Set((await api.tasks.list({ acknowledged: false })).map(({ id }) => id));
	} catch (thrown) {
		if (isPaperlessError(thrown, 'forbidden')) return new Set();
		return isPaperlessError(thrown)
			? thrown.adding('Paperless-ngx accepted the request, but its effect could not be checked.')
			: asError(thrown);
	}
}

const stillOpen = (id: number) =>
	new PaperlessError('unexpectedReply', `Task ${id} was not acknowledged`, {
		description: 'Paperless-ngx accepted the request, but the task is still shown as new.',
		parameter: 'taskId',
	});

export const acknowledge = defineOperation({
	value: 'acknowledge',
	name: 'Acknowledge',
	action: 'Acknowledge task',
	description: 'Dismiss a task so it is no longer shown as new',
	access: 'write',
	parameters: [taskOrRowIdParameter],
	async executeAll({ api }, calls) {
		const find = taskFinder(api);
		const rowId = async (value: string): Promise<number> => {
			const taskId = taskIdFrom(value);
			if (/^\d+$/.test(taskId)) return Number(taskId);
			const id = (await find(taskId))?.id;
			if (typeof id !== 'number') throw missingTask(taskId);
			return id;
		};
		const ids = await Promise.all(calls.map(({ values }) => rowId(values.taskId).catch(asError)));
		const refusals = await together(
			ids.filter((id) => typeof id === 'number'),
			(some) => api.tasks.acknowledge(some),
		);
		const isSent = ids.some((id) => typeof id === 'number' && !refusals.has(id));
		const open = isSent ? await openTasks(api) : new Set<number | null>();
		return ids.map((id): Outcome => {
			if (id instanceof Error) return id;
			const refusal = refusals.get(id);
			if (refusal) return isPaperlessError(refusal, 'invalid') ? missingTask(String(id)) : refusal;
			if (open instanceof Error) return open;
			return open.has(id) ? stillOpen(id) : [{ json: { id, acknowledged: true } }];
		});
	},
});
