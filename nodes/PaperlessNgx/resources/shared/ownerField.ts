import { oneOf } from '../../../toolkit/parameterBuilders';

export const ownerField = {
	...oneOf('Owner', 'owner', 'searchUsers', 'clara'),
	description:
		'User who owns it, by default the token’s user for a new one. To let it belong to nobody, choose Owner under “Clear”.',
} as const;

export const clearableOwner = {
	owner: {
		label: 'Owner',
		description: 'It belongs to nobody, and every user may see and change it',
		empty: null,
	},
} as const;
