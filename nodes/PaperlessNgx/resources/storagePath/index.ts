import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { createOrUpdate } from '../capabilities/createOrUpdate';
import { del } from '../capabilities/delete';
import type { Entity } from '../capabilities/entity';
import { defineFields } from '../capabilities/entity';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { setPermissions } from '../capabilities/setPermissions';
import { update } from '../capabilities/update';
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
