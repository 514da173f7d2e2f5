import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { update } from '../capabilities/update';
import { del } from './delete.operation';
import { users } from './users';

export const user: Resource = {
	value: 'user',
	name: 'User',
	operations: [create(users), del, get(users), getMany(users), update(users)],
};
