import type { Parameter } from '../../../toolkit/parameter';

export const outputFieldParameter = {
	displayName: 'Output Data Field Name',
	name: 'outputDataFieldName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the field that will hold the file',
} as const satisfies Parameter;
