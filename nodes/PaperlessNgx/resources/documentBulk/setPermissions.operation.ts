import { documentsById } from '../../../documents/documentsById';
import { groupBy } from '../../../toolkit/groupBy';
import { oneOf } from '../../../toolkit/parameterBuilders';
import {
	mergeParameter,
	ownerFrom,
	permissionsFrom,
	permissionsParameter,
} from '../shared/permissions';
import { bulkOperation } from './bulkOperation';
import { nothingToChange } from './nothingToChange';

export const setPermissions = bulkOperation({
	value: 'setPermissions',
	name: 'Set Permissions',
	action: 'Set permissions of documents',
	description: 'Set the owner of documents and who may view or change them',
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
	async editsOf(context, { permissions, options }, ids) {
		const { merge = false, owner: locator } = options;
		const grants = (await permissionsFrom(context, permissions)) ?? {};
		if (Object.keys(grants).length === 0 && !locator) throw nothingToChange();
		const edit = (owner?: number | null) =>
			({
				method: 'set_permissions',
				parameters: { set_permissions: grants, merge, ...(owner !== undefined && { owner }) },
			}) as const;
		if (locator) return [{ ids, edit: edit(await ownerFrom(context, locator)) }];
		if (merge) return [{ ids, edit: edit() }];
		// Without an owner the server would remove it and so make the documents public
		// (docs/paperless-api.md#bulk-permissions).
		const documents = await documentsById(context.api, ids, { fields: 'id,owner' });
		// Missing documents are sent as well, because the server's refusal reports them.
		const ownerOf = (id: number) => documents.get(id)?.owner ?? null;
		return groupBy(ids, ownerOf).map((group) => ({ ids: group, edit: edit(ownerOf(group[0])) }));
	},
});
