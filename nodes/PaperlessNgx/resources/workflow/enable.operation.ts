import { switchOperation } from './switchOperation';

export const enable = switchOperation(
	{
		value: 'enable',
		name: 'Enable',
		action: 'Enable workflow',
		description: 'Switch a workflow on',
	},
	true,
);
