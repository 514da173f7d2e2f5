import type { Parameter, ValuesOf } from '../../../toolkit/parameter';

export const returnAllOrLimit = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
] as const satisfies readonly Parameter[];

export const limitOf = ({ returnAll, limit }: ValuesOf<typeof returnAllOrLimit>) =>
	returnAll ? undefined : limit;
