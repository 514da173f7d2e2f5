import type { Resource } from '../../../toolkit/operation';
import { create } from './create.operation';
import { del } from './delete.operation';
import { disable } from './disable.operation';
import { enable } from './enable.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { update } from './update.operation';

export const workflow: Resource = {
	value: 'workflow',
	name: 'Workflow',
	operations: [create, del, disable, enable, get, getMany, update],
};
