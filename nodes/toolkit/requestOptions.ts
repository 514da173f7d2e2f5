import type { Parameter, ValuesOf } from './parameter';

/** Named as in n8n’s own nodes; the editor shows it among the settings of the node. */
export const requestOptions = {
	displayName: 'Request Options',
	name: 'requestOptions',
	type: 'collection',
	isNodeSetting: true,
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Items at Once',
			name: 'itemsAtOnce',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20, numberPrecision: 0 },
			default: 4,
			description:
				'How many items the node works on at the same time, and how many requests of any kind it has under way at most. Fewer spare a slow server.',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3600 },
			default: 600,
			description: 'Seconds to wait for the reply to a request',
		},
	],
} as const satisfies Parameter;

export type RequestOptions = ValuesOf<readonly [typeof requestOptions]>['requestOptions'];
