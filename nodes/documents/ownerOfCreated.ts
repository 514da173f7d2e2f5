import type { NewObject } from '../api/nameCreator';
import type { Parameter } from '../toolkit/parameter';

/** Stands beside Create If Missing. */
export const ownerOfCreated = {
	displayName: 'Owner of Created',
	name: 'ownerOfCreated',
	type: 'options',
	options: [
		{
			name: 'Nobody',
			value: 'nobody',
			description: 'Every user of Paperless-ngx may see and change what is created',
		},
		{
			name: 'Token’s User',
			value: 'tokenUser',
			description: 'Other users do not see what is created, unless they are superusers',
		},
	],
	default: 'tokenUser',
	description:
		'Who owns what “Create If Missing” creates. A name that is hidden from the token’s user counts as missing.',
} as const satisfies Parameter;

/** Whether names are created that do not exist, and what the new objects have besides their name. */
export type Creation = boolean | NewObject;

type Values = { createIfMissing?: boolean; ownerOfCreated?: 'nobody' | 'tokenUser' };

export const creationFrom = ({
	createIfMissing = false,
	ownerOfCreated: owner,
}: Values): Creation => createIfMissing && (owner === 'nobody' ? { owner: null } : true);

/** The properties of an object that Create If Missing creates. */
export const newObjectOf = (creation: Creation): NewObject =>
	typeof creation === 'object' ? creation : {};
