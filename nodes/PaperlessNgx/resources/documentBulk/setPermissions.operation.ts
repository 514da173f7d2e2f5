import { permissionWishFrom, permissionWishParameters } from '../shared/permissionWish';
import { bulkOperation } from './bulkOperation';

export const setPermissions = bulkOperation({
	value: 'setPermissions',
	name: 'Set Permissions',
	action: 'Set permissions of documents',
	description:
		'Set the owner of documents and who may view or change them; only the owner of a document may do this',
	parameters: permissionWishParameters,
	async intentOf(context, values) {
		const { merge, owner, permissions } = await permissionWishFrom(context, values);
		return {
			...(permissions && { permissions: { ...permissions, merge } }),
			...(owner !== undefined && { values: { owner } }),
		};
	},
});
