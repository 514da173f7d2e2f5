import { atMost } from '../../../api/atMost';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { PaperlessError } from '../../../api/errors';
import type { Task } from '../../../api/schemas/task';

const lookupsAtOnce = 4;

export const missingTask = (taskId: string): PaperlessError =>
	new PaperlessError('notFound', `There is no task ${taskId}`, {
		description: 'The task may belong to another user, or the server may have removed it.',
		parameter: 'taskId',
		status: 404,
	});

/** Throws PaperlessError `invalid` without an ID, for which the server would show its newest task. */
export function taskIdFrom(value: string): string {
	const taskId = value.trim();
	if (taskId !== '') return taskId;
	throw new PaperlessError('invalid', '“Task ID” is empty', {
		description: 'Enter the ID of a task, or check the expression in this field.',
	});
}

/** Looks up tasks by UUID, a few at once; undefined for a task that the server does not know. */
export function taskFinder(api: PaperlessClient): (taskId: string) => Promise<Task | undefined> {
	const atOnce = atMost(lookupsAtOnce);
	return (taskId) => atOnce(() => api.tasks.find(taskId));
}
