import type { Resource } from '../../../toolkit/operation';
import { create } from './create.operation';
import { del } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';

export const shareLink: Resource = {
	value: 'shareLink',
	name: 'Share Link',
	operations: [create, del, get, getMany],
};
