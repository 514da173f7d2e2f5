import type { Resource } from '../../../toolkit/operation';
import { create } from '../crud/create';
import { createOrUpdate } from '../crud/createOrUpdate';
import { del } from '../crud/delete';
import type { Entity } from '../crud/entity';
import { defineFields } from '../crud/entity';
import { get } from '../crud/get';
import { getMany } from '../crud/getMany';
import { setPermissions } from '../crud/setPermissions';
import { update } from '../crud/update';
import { matchingFrom, matchingParameters } from '../shared/matching';
import { test } from './test.operation';

const storagePaths: Entity = {
	kind: 'storagePath',
	type: 'storage_paths',
	noun: 'storage path',
	plural: 'storage paths',
	picker: 'searchStoragePaths',
	collection: (api) => api.storagePaths,
	required: defineFields(
		[
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. {{ created_year }}/{{ title }}',
				description: 'Template of the place and name of the files',
			},
		],
		async (_, { path }) => (path === undefined ? {} : { path }),
	),
	fields: defineFields(matchingParameters, matchingFrom),
};

export const storagePath: Resource = {
	value: 'storagePath',
	name: 'Storage Path',
	operations: [
		create(storagePaths),
		createOrUpdate(storagePaths),
		del(storagePaths),
		get(storagePaths),
		getMany(storagePaths),
		setPermissions(storagePaths),
		test,
		update(storagePaths),
	],
};
