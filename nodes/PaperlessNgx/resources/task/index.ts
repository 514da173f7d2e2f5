import type { Resource } from '../../../toolkit/operation';
import { acknowledge } from './acknowledge.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { getSummary } from './getSummary.operation';
import { run } from './run.operation';
import { waitFor } from './waitFor.operation';

export const task: Resource = {
	value: 'task',
	name: 'Task',
	operations: [acknowledge, get, getMany, getSummary, run, waitFor],
};
