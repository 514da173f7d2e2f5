import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { createOrUpdate } from '../capabilities/createOrUpdate';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { setPermissions } from '../capabilities/setPermissions';
import { update } from '../capabilities/update';
import { del } from './delete.operation';
import { tags } from './tags';

export const tag: Resource = {
	value: 'tag',
	name: 'Tag',
	operations: [
		create(tags),
		createOrUpdate(tags),
		del,
		get(tags),
		getMany(tags),
		setPermissions(tags),
		update(tags),
	],
};
