import type { Parameter, ValuesOf } from '../../../toolkit/parameter';

export const waitParameters = [
	{
		displayName: 'Wait for Result',
		name: 'waitForResult',
		type: 'boolean',
		default: true,
		description: 'Whether to wait for the server to finish and return the resulting documents',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { waitForResult: [true] } },
		default: 300,
		description: 'Seconds to wait; unfinished work is returned with the status “pending”',
	},
] as const satisfies readonly Parameter[];

export type WaitValues = ValuesOf<typeof waitParameters>;
