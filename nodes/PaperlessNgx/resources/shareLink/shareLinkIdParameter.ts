import type { Parameter } from '../../../toolkit/parameter';

export const shareLinkIdParameter = {
	displayName: 'Share Link ID',
	name: 'shareLinkId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 5',
} as const satisfies Parameter;
