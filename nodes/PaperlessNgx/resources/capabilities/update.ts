import type { Kind } from '../../../api/kinds';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';
import type { Editable } from './editable';
import { noFields, someChanges } from './editable';
import { newNameParameter, trimmedName } from './nameParameter';
import { chosenRow, locatorParameter } from './readable';
import type { PermissionValues } from '../shared/permissions';
import { permissionsParameter } from '../shared/permissions';
import { simplifyParameter } from './simplify';
import { withGrants } from './withGrants';
import { changeOutput, writeFields } from './writeFields';

/** n8n asks for the required fields of a collection even while it hides the collection. */
const optional = (parameter: Parameter): Parameter => ({ ...parameter, required: false });

export const update = <K extends Kind, Draft extends object>(editable: Editable<K, Draft>) => {
	const {
		noun,
		mainFields = noFields,
		additionalFields = noFields,
		write = writeFields,
		isShared = false,
	} = editable;
	return defineOperation({
		value: 'update',
		name: 'Update',
		action: `Update ${noun}`,
		description: `Change a ${noun}; fields that are not set keep their values`,
		access: 'write',
		parameters: [
			locatorParameter(editable),
			{
				displayName: 'Update Fields',
				name: 'updateFields',
				type: 'collection',
				placeholder: 'Add Field',
				default: {},
				options: [
					newNameParameter(editable),
					...mainFields.parameters.map(optional),
					...additionalFields.parameters,
				],
			},
			...(isShared ? [permissionsParameter] : []),
			simplifyParameter,
		],
		// Several items may change the same object, and an item may name it as an earlier item did.
		target: () => 'all',
		async execute(context, values) {
			const { name, ...given }: Record<string, unknown> = values.updateFields;
			const fields: Partial<Draft> = {
				...(await mainFields.read(context, given)),
				...(await additionalFields.read(context, given)),
			};
			const newName = String(name ?? '').trim();
			const { permissions } = values as { permissions?: PermissionValues };
			const asked = someChanges(
				await withGrants(
					context,
					{ ...fields, ...(newName !== '' && { name: trimmedName(newName) }) },
					permissions,
				),
				'Add a field under “Update Fields”. An empty field leaves its value unchanged.',
			);
			const row = await chosenRow(context, editable, values);
			const written = await write(context, editable, row, asked);
			return await changeOutput(context, editable, written, values);
		},
	});
};
