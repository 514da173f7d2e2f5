import type { Resource } from '../../../toolkit/operation';
import { create, createOrUpdate, del, get, getMany, update } from './operations';

export const customField: Resource = {
	value: 'customField',
	name: 'Custom Field',
	operations: [create, createOrUpdate, del, get, getMany, update],
};
