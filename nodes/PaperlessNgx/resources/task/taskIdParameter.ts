import type { Parameter } from '../../../toolkit/parameter';

export const taskIdParameter = {
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 48be98c2-c596-4366-b22a-95e6a2ab2677',
	description: 'The ID that an upload returns as task_id',
} as const satisfies Parameter;

/** Of operations that also take what a list of tasks returns as id. */
export const taskOrRowIdParameter = {
	...taskIdParameter,
	description: 'The task_id or the id of a task',
} as const satisfies Parameter;
