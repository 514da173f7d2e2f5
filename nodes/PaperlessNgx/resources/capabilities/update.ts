import { PaperlessError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';
import { trimmedName } from './create';
import type { Parameter } from '../../../toolkit/parameter';
import type { Entity } from './entity';
import { byDisplayName, locatorOf, locatorParameter, nameParameter, shown } from './entity';

const newName = {
	displayName: 'Name',
	name: nameParameter.name,
	type: nameParameter.type,
	default: nameParameter.default,
	description: 'New name of at most 128 characters',
} as const;

/** n8n asks for required fields of a collection even where the collection is hidden. */
const optional = (parameter: Parameter): Parameter => ({ ...parameter, required: false });

export const update = (entity: Entity) =>
	defineOperation({
		value: 'update',
		name: 'Update',
		action: `Update ${entity.noun}`,
		description: `Change a ${entity.noun}; what is not set stays as it is`,
		access: 'write',
		parameters: [
			locatorParameter(entity),
			{
				displayName: 'Update Fields',
				name: 'updateFields',
				type: 'collection',
				placeholder: 'Add Field',
				default: {},
				options: byDisplayName([
					newName,
					...(entity.required?.parameters ?? []).map(optional),
					...entity.fields.parameters,
				]),
			},
		],
		async execute(context, values) {
			const fields: Record<string, unknown> = values.updateFields;
			const changes = {
				...(await entity.required?.read(context, fields)),
				...(await entity.fields.read(context, fields)),
				...(fields.name !== undefined && { name: trimmedName(String(fields.name)) }),
			};
			if (Object.keys(changes).length === 0) {
				throw new PaperlessError('invalid', 'There is nothing to update', {
					description: 'Add a field under “Update Fields”.',
				});
			}
			const id = await context.names.id(entity.kind, locatorOf(entity, values), entity.kind);
			return [{ json: shown(await entity.collection(context.api).update(id, changes)) }];
		},
	});
