import { oneOf } from '../../../toolkit/parameterBuilders';
import {
	mergeParameter,
	ownerFrom,
	permissionsFrom,
	permissionsParameter,
} from '../shared/permissions';
import { bulkOperation } from './bulkOperation';

export const setPermissions = bulkOperation({
	value: 'setPermissions',
	name: 'Set Permissions',
	action: 'Set permissions of documents',
	description:
		'Set the owner of documents and who may view or change them; only the owner of a document may do this',
	parameters: [
		permissionsParameter,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [mergeParameter, oneOf('Owner', 'owner', 'searchUsers', 'clara')],
		},
	],
	async intentOf(context, { permissions, options }) {
		const { merge = false, owner } = options;
		const grants = await permissionsFrom(context, permissions);
		return {
			...(grants && { permissions: { ...grants, merge } }),
			...(owner && { values: { owner: await ownerFrom(context, owner) } }),
		};
	},
});
