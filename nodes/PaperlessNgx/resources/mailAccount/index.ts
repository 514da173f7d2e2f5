import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { del } from '../capabilities/delete';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { update } from '../capabilities/update';
import { accountFields } from './accountFields';
import { processNow } from './processNow.operation';
import { rulesOf } from './rulesOf';
import { test } from './test.operation';

export const mailAccount: Resource = {
	value: 'mailAccount',
	name: 'Mail Account',
	operations: [
		create(accountFields),
		del(
			accountFields,
			'Delete a mail account permanently, with its rules',
			'Its rules are deleted as well.',
			rulesOf,
		),
		get(accountFields),
		getMany(accountFields),
		processNow,
		test,
		update(accountFields),
	],
};
