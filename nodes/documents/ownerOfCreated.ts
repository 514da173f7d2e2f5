import type { NewObject } from '../api/nameCreator';
import type { Parameter } from '../toolkit/parameter';

/** Stands beside Create If Missing. */
export const ownerOfCreated = {
	displayName: 'Owner of Created',
	name: 'ownerOfCreated',
	type: 'options',
	options: [
		{
			name: 'As the Document',
			value: 'document',
			description:
				'The owner and the permissions of the document; of the first one where there are several',
		},
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

/** What new objects have besides their name; `asDocument` is known once the document is. */
export type NewObjectChoice = NewObject | 'asDocument';

/** Whether names are created that do not exist, and as what. */
export type Creation = false | NewObjectChoice;

type Values = {
	createIfMissing?: boolean;
	ownerOfCreated?: (typeof ownerOfCreated.options)[number]['value'];
};

const choices = {
	document: 'asDocument',
	nobody: { owner: null },
	tokenUser: {},
} as const satisfies Record<NonNullable<Values['ownerOfCreated']>, NewObjectChoice>;

export const creationFrom = ({
	createIfMissing = false,
	ownerOfCreated: owner = 'tokenUser',
}: Values): Creation => createIfMissing && choices[owner];
