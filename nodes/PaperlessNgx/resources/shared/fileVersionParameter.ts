import type { Parameter } from '../../../toolkit/parameter';

export const fileVersionParameter = {
	displayName: 'File',
	name: 'fileVersion',
	type: 'options',
	options: [
		{
			name: 'Archived',
			value: 'archive',
			description: 'The PDF made by Paperless-ngx, or the original if there is none',
		},
		{ name: 'Original', value: 'original', description: 'The file as it was uploaded' },
	],
	default: 'archive',
} as const satisfies Parameter;
