import { oneOf } from '../../../toolkit/parameterBuilders';
import type { Context } from '../../../toolkit/operation';
import type { Locator } from '../../../toolkit/parameter';
import { optionalReference } from '../../../toolkit/references';

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

/** The owner that is set; nothing where the field is empty, which leaves the owner unchanged. */
export async function ownerIn(
	{ names }: Context,
	{ owner }: { owner?: Locator },
): Promise<{ owner?: number }> {
	const reference = optionalReference(owner, 'Owner');
	return reference === undefined ? {} : { owner: await names.id('user', reference, 'owner') };
}
