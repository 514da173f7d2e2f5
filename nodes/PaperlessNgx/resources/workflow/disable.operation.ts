import { switchOperation } from './switchOperation';

export const disable = switchOperation(
	{
		value: 'disable',
		name: 'Disable',
		action: 'Disable workflow',
		description: 'Switch a workflow off; it stays as it is',
	},
	false,
);
