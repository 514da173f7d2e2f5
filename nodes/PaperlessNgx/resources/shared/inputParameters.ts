import type { Parameter } from '../../../toolkit/parameter';

export const inputParameter = {
	displayName: 'Input',
	name: 'input',
	type: 'options',
	options: [
		{
			name: 'Base64',
			value: 'base64',
			description: 'The bytes of a file as text, such as an API or a model returns them',
		},
		{ name: 'Binary File', value: 'binary', description: 'A file of the input item' },
		{ name: 'Text', value: 'text', description: 'A text that becomes a text file' },
	],
	default: 'binary',
	description: 'What the file is made of',
} as const satisfies Parameter;

export const shownForBinary = { show: { input: ['binary'] } } as const;

/**
 * For a file that is not in the input item. None is `required`: n8n asks for all of them where “Input”
 * is an expression.
 */
export const writtenFileParameters = [
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		displayOptions: { show: { input: ['text'] } },
		default: '',
		placeholder: 'e.g. Read on 2 May: 4711 kWh',
	},
	{
		displayName: 'Base64',
		name: 'base64',
		type: 'string',
		displayOptions: { show: { input: ['base64'] } },
		default: '',
		placeholder: 'e.g. {{ $json.content }}',
		description: 'Also as a data URL, such as “data:application/pdf;base64,…”',
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		displayOptions: { show: { input: ['base64', 'text'] } },
		default: '',
		placeholder: 'e.g. letter.txt',
	},
] as const satisfies readonly Parameter[];

/** For an operation that takes one file of each item. */
export const oneFileParameters = [
	inputParameter,
	{
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		required: true,
		displayOptions: shownForBinary,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the field that holds the file',
	},
	...writtenFileParameters,
] as const satisfies readonly Parameter[];
