import type { ObjectEdit } from '../../../api/bulkEditObjects';
import { asError, PaperlessError } from '../../../api/errors';
import { oneOf } from '../../../toolkit/parameterBuilders';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { toReference } from '../../../toolkit/references';
import { mergeParameter, permissionsFrom, permissionsParameter } from '../shared/permissions';
import type { Entity } from './entity';
import { locatorOf, locatorParameter } from './entity';
import { editObjects } from './editObjects';

export const setPermissions = (entity: Entity) =>
	defineOperation({
		value: 'setPermissions',
		name: 'Set Permissions',
		action: `Set permissions of ${entity.noun}`,
		description: `Set who owns a ${entity.noun}, who may see it and who may change it`,
		access: 'write',
		parameters: [
			locatorParameter(entity),
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
		async executeAll(context, calls) {
			const { names } = context;
			const outcomes: Outcome[] = [];
			const groups = new Map<
				string,
				{ edit: ObjectEdit; members: Array<{ at: number; id: number }> }
			>();
			for (const [at, { values }] of calls.entries()) {
				try {
					const { owner, merge = false } = values.options as { owner?: never; merge?: boolean };
					const grants = await permissionsFrom(context, values.permissions);
					const ownerId = owner && (await names.id('user', toReference(owner, 'Owner'), 'owner'));
					if (!grants && ownerId === undefined) {
						throw new PaperlessError('invalid', 'No permission is set', {
							description: 'Add one under “Permissions”, or an owner under “Options”.',
						});
					}
					const edit: ObjectEdit = {
						operation: 'set_permissions',
						merge,
						...(grants && { permissions: grants }),
						...(ownerId !== undefined && { owner: ownerId }),
					};
					const { id } = await names.find(entity.kind, locatorOf(entity, values), entity.kind);
					const key = JSON.stringify(edit);
					const group = groups.get(key) ?? { edit, members: [] };
					groups.set(key, { edit, members: [...group.members, { at, id }] });
				} catch (thrown) {
					outcomes[at] = asError(thrown);
				}
			}
			for (const { edit, members } of groups.values()) {
				const refusals = await editObjects(
					context,
					entity.type,
					members.map(({ id }) => id),
					edit,
				);
				for (const { at, id } of members) {
					outcomes[at] = refusals.get(id) ?? [{ json: { id, updated: true } }];
				}
			}
			return outcomes;
		},
	});
