import type { Resource } from '../../../toolkit/operation';
import { create } from './create.operation';
import { del } from './delete.operation';
import { getMany } from './getMany.operation';

export const note: Resource = {
	value: 'note',
	name: 'Note',
	operations: [create, del, getMany],
};
