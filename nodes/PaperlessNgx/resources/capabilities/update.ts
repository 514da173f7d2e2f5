import type { Kind } from '../../../api/kinds';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';
import type { Editable } from './editable';
import { noFields, someChanges } from './editable';
import { newNameParameter, trimmedName } from './nameParameter';
import { chosenId, locatorParameter, outputOf } from './readable';

/** n8n asks for the required fields of a collection even while it hides the collection. */
const optional = (parameter: Parameter): Parameter => ({ ...parameter, required: false });

export const update = <K extends Kind, Draft extends object>(editable: Editable<K, Draft>) => {
	const { noun, mainFields = noFields, additionalFields = noFields } = editable;
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
					newNameParameter,
					...mainFields.parameters.map(optional),
					...additionalFields.parameters,
				],
			},
		],
		async execute(context, values) {
			const { name, ...given }: Record<string, unknown> = values.updateFields;
			const fields: Partial<Draft> = {
				...(await mainFields.read(context, given)),
				...(await additionalFields.read(context, given)),
			};
			const changes = someChanges(
				{ ...fields, ...(name !== undefined && { name: trimmedName(String(name)) }) },
				'Add a field under “Update Fields”.',
			);
			const id = await chosenId(context, editable, values);
			const updated = await editable.collection(context.api).update(id, changes);
			return [await outputOf(context, editable, updated)];
		},
	});
};
