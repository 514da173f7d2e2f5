import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { createOrUpdate } from '../capabilities/createOrUpdate';
import { del } from '../capabilities/delete';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { customFields } from './customFields';
import { update } from './update.operation';

export const customField: Resource = {
	value: 'customField',
	name: 'Custom Field',
	operations: [
		create(customFields),
		createOrUpdate(customFields),
		del(
			customFields,
			'Delete a custom field permanently, with the values that documents have',
			'All documents lose their values of it.',
		),
		get(customFields),
		getMany(customFields),
		update,
	],
};
