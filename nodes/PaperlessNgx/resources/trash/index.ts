import type { Resource } from '../../../toolkit/operation';
import { deletePermanently } from './deletePermanently.operation';
import { getMany } from './getMany.operation';
import { restore } from './restore.operation';

export const trash: Resource = {
	value: 'trash',
	name: 'Trash',
	operations: [deletePermanently, getMany, restore],
};
