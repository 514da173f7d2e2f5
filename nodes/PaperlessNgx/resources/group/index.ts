import type { Resource } from '../../../toolkit/operation';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { nameFilters } from '../capabilities/listFilters';
import type { Readable } from '../capabilities/readable';

const groups: Readable<'group'> = {
	kind: 'group',
	noun: 'group',
	plural: 'groups',
	picker: 'searchGroups',
	example: 'family',
	collection: (api) => api.groups,
	filters: nameFilters(),
};

export const group: Resource = {
	value: 'group',
	name: 'Group',
	operations: [get(groups), getMany(groups)],
};
