import type { Resource } from '../../../toolkit/operation';
import { create } from './create.operation';
import { del } from './delete.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { rebuild } from './rebuild.operation';

export const shareLinkBundle: Resource = {
	value: 'shareLinkBundle',
	name: 'Share Link Bundle',
	operations: [create, del, get, getMany, rebuild],
};
