import {
	createIfMissing,
	customFieldsParameter,
	documentFields,
} from '../../../../documents/documentFields';
import { skipUnfitValues } from '../../../../documents/encodeCustomFields';
import { ownerOfCreated } from '../../../../documents/ownerOfCreated';
import type { Parameter, ValuesOf } from '../../../../toolkit/parameter';
import { namesOrIds, optionsParameter } from '../../../../toolkit/parameterBuilders';
import { clearParameter } from '../../capabilities/clearParameter';
import { clearableOwner } from '../../shared/ownerField';
import {
	inputParameter,
	shownForBinary,
	writtenFileParameters,
} from '../../shared/inputParameters';
import { permissionsParameter } from '../../shared/permissions';

/** What the document of the file is to be, and how the upload goes about it. */
export const documentWishes = [
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			...documentFields,
			clearParameter(clearableOwner),
			{
				displayName: 'Note',
				name: 'note',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				placeholder: 'e.g. Paid by bank transfer',
				description: 'Note to add once the document exists',
			},
			namesOrIds('Tag Names or IDs', 'tags', 'getTags'),
		],
	},
	customFieldsParameter,
	permissionsParameter,
	optionsParameter([
		createIfMissing,
		ownerOfCreated,
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
					description: 'Send nothing and return the existing document unchanged',
				},
				{
					name: 'Update Existing',
					value: 'updateExisting',
					description: 'Send nothing and set the fields given here on the existing document',
				},
			],
			default: 'fail',
			description:
				'What to do when the same file is already in the archive. A file that is a newer version of a document is found only if this document is among the 250 that changed last.',
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
		skipUnfitValues,
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 600,
			description:
				'Seconds to wait for consumption; files that are not consumed by then are returned with the status “pending”',
		},
	]),
] as const satisfies readonly Parameter[];

export const uploadParameters = [
	inputParameter,
	{
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		displayOptions: shownForBinary,
		default: 'data',
		emptyByHand: true,
		placeholder: 'e.g. data',
		hint: 'Name of the field that holds the file. Separate several by commas; leave it empty for every file of the item.',
	},
	...writtenFileParameters,
	{
		displayName: 'Wait for Consumption',
		name: 'waitForConsumption',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait until the server has read the file (OCR) and filed it as a document',
	},
	...documentWishes,
] as const satisfies readonly Parameter[];

export type UploadValues = ValuesOf<typeof uploadParameters>;
