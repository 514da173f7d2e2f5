import type { Resource } from '../../../toolkit/operation';
import { acknowledge, get, getMany, run, waitFor } from './operations';

export const task: Resource = {
	value: 'task',
	name: 'Task',
	operations: [acknowledge, get, getMany, run, waitFor],
};
