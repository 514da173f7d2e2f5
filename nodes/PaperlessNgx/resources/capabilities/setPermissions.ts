import { asError, PaperlessError } from '../../../api/errors';
import type { ObjectEdit } from '../../../api/bulkEditObjects';
import { groupBy } from '../../../toolkit/groupBy';
import type { Context, Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { oneOf } from '../../../toolkit/parameterBuilders';
import type { ValuesOf } from '../../../toolkit/parameter';
import { toReference } from '../../../toolkit/references';
import { mergeParameter, permissionsFrom, permissionsParameter } from '../shared/permissions';
import { editObjects } from './editObjects';
import type { Matching, MatchingKind } from './matching';
import { chosenRow, locatorParameter } from './readable';

const permissionParameters = [
	permissionsParameter,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [mergeParameter, oneOf('Owner', 'owner', 'searchUsers', 'clara')],
	},
] as const;

async function editFrom(
	context: Context,
	{ options, permissions }: ValuesOf<typeof permissionParameters>,
): Promise<ObjectEdit> {
	const { owner, merge = mergeParameter.default } = options;
	const grants = await permissionsFrom(context, permissions);
	if (!grants && !owner) {
		throw new PaperlessError('invalid', 'No permission is set', {
			description: 'Add one under “Permissions”, or an owner under “Options”.',
		});
	}
	return {
		operation: 'set_permissions',
		merge,
		...(grants && { permissions: grants }),
		...(owner && {
			owner: await context.names.id('user', toReference(owner, 'Owner'), 'owner'),
		}),
	};
}

/** Sets owner and grants; items with the same permissions share a request. */
export const setPermissions = <K extends MatchingKind>(matching: Matching<K>) =>
	defineOperation({
		value: 'setPermissions',
		name: 'Set Permissions',
		action: `Set permissions of ${matching.noun}`,
		description: `Set who owns a ${matching.noun}, who may see it and who may change it`,
		access: 'write',
		parameters: [locatorParameter(matching), ...permissionParameters],
		async executeAll(context, calls) {
			const outcomes: Outcome[] = [];
			const plans: Array<{ at: number; id: number; edit: ObjectEdit }> = [];
			for (const [at, { values }] of calls.entries()) {
				try {
					const edit = await editFrom(context, values);
					const { id } = await chosenRow(context, matching, values);
					plans.push({ at, id, edit });
				} catch (thrown) {
					outcomes[at] = asError(thrown);
				}
			}
			for (const group of groupBy(plans, ({ edit }) => edit)) {
				const ids = group.map(({ id }) => id);
				const refusals = await editObjects(context, matching, ids, group[0].edit);
				for (const { at, id } of group) {
					outcomes[at] = refusals.get(id) ?? [{ json: { id, updated: true } }];
				}
			}
			return outcomes;
		},
	});
