import type { Parameter } from '../../../toolkit/parameter';

export const bundleIdParameter = {
	displayName: 'Bundle ID',
	name: 'bundleId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 3',
} as const satisfies Parameter;
