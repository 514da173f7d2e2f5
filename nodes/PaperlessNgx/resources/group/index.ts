import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { del } from '../capabilities/delete';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { update } from '../capabilities/update';
import { groups } from './groups';

export const group: Resource = {
	value: 'group',
	name: 'Group',
	operations: [
		create(groups),
		del(
			groups,
			'Delete a group permanently; its members lose what only the group may do',
			'Its members lose what only the group may do.',
		),
		get(groups),
		getMany(groups),
		update(groups),
	],
};
