import type { Parameter } from '../../../toolkit/parameter';

export const versionChoiceParameter = {
	displayName: 'Version',
	name: 'version',
	type: 'options',
	options: [
		{ name: 'By ID', value: 'id' },
		{ name: 'Newest', value: 'newest', description: 'The file that Download returns' },
		{ name: 'Original', value: 'original', description: 'The first file of the document' },
	],
	default: 'newest',
	description: 'Which file of a document with versions; before Paperless-ngx 3.0 there is only one',
} as const satisfies Parameter;

const chosenById = { show: { version: ['id'] } } as const;

export const versionIdParameter = {
	displayName: 'Version ID',
	name: 'versionId',
	type: 'string',
	displayOptions: chosenById,
	default: '',
	placeholder: 'e.g. 57',
} as const satisfies Parameter;

export const versionIdsParameter = {
	displayName: 'Version IDs',
	name: 'versionIds',
	type: 'string',
	typeOptions: { isList: true },
	displayOptions: chosenById,
	default: '',
	placeholder: 'e.g. 57, 61',
	description:
		'At most one for each document, separated by commas or as an array; the other documents are sent in their newest version',
} as const satisfies Parameter;
