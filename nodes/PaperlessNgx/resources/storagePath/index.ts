import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { createOrUpdate } from '../capabilities/createOrUpdate';
import { deleteTogether } from '../capabilities/deleteTogether';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { setPermissions } from '../capabilities/setPermissions';
import { update } from '../capabilities/update';
import { storagePaths } from './storagePaths';
import { test } from './test.operation';

export const storagePath: Resource = {
	value: 'storagePath',
	name: 'Storage Path',
	operations: [
		create(storagePaths),
		createOrUpdate(storagePaths),
		deleteTogether(storagePaths),
		get(storagePaths),
		getMany(storagePaths),
		setPermissions(storagePaths),
		test,
		update(storagePaths),
	],
};
