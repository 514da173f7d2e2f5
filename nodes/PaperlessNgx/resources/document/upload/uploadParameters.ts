import { namesOrIds } from '../../../../toolkit/parameterBuilders';
import type { Parameter, ValuesOf } from '../../../../toolkit/parameters';
import { permissionsParameter } from '../../shared/permissions';
import {
	createIfMissing,
	customFieldsParameter,
	documentFields,
} from '../../../../documents/documentFields';

export const uploadParameters = [
	{
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the field that holds the file; several separated by commas, or empty for every file of the item',
	},
	{
		displayName: 'Wait for Consumption',
		name: 'waitForConsumption',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait until the server has read the file (OCR) and filed it as a document',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			...documentFields.slice(0, 4),
			{
				displayName: 'Note',
				name: 'note',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				description: 'Note to add once the document is there',
			},
			...documentFields.slice(4, 6),
			namesOrIds('Tag Names or IDs', 'tags', 'getTags'),
			...documentFields.slice(6),
		],
	},
	customFieldsParameter,
	permissionsParameter,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			createIfMissing,
			{
				displayName: 'On Duplicate',
				name: 'onDuplicate',
				type: 'options',
				options: [
					{
						name: 'Fail',
						value: 'fail',
						description: 'Stop with a message that names the existing document',
					},
					{
						name: 'Return Existing',
						value: 'returnExisting',
						description: 'Send nothing and return the existing document as it is',
					},
					{
						name: 'Update Existing',
						value: 'updateExisting',
						description: 'Send nothing and set the fields given here on the existing document',
					},
				],
				default: 'fail',
				description: 'What to do when the very same file is already in the archive',
			},
			{
				displayName: 'On Failure',
				name: 'onFailure',
				type: 'options',
				options: [
					{ name: 'Fail', value: 'fail', description: 'Stop with the reason' },
					{
						name: 'Return',
						value: 'return',
						description: 'Return an item with the status “failed” and the reason',
					},
				],
				default: 'fail',
				description: 'What to do when the server cannot consume the file',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 600,
				description:
					'Seconds to wait for consumption; what is not done by then comes back with the status “pending”',
			},
		],
	},
] as const satisfies readonly Parameter[];

export type UploadValues = ValuesOf<typeof uploadParameters>;
