import type { Resource } from '../../../toolkit/operation';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { nameFilters } from '../capabilities/listFilters';
import type { Readable } from '../capabilities/readable';
import { withoutKey } from '../capabilities/withoutKey';

const users: Readable<'user'> = {
	kind: 'user',
	noun: 'user',
	plural: 'users',
	picker: 'searchUsers',
	example: 'clara',
	collection: (api) => api.users,
	filters: nameFilters('username'),
	// The server sends asterisks in its place.
	present: withoutKey('password'),
};

export const user: Resource = {
	value: 'user',
	name: 'User',
	operations: [get(users), getMany(users)],
};
