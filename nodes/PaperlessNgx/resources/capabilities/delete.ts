import { defineOperation } from '../../../toolkit/operation';
import type { Entity } from './entity';
import { locatorOf, locatorParameter } from './entity';
import { editObjects } from './editObjects';

export const del = (entity: Entity) =>
	defineOperation({
		value: 'delete',
		name: 'Delete',
		action: `Delete ${entity.noun}`,
		description: `Delete a ${entity.noun} permanently; its documents stay and lose it`,
		access: 'write',
		parameters: [locatorParameter(entity)],
		async executeAll(context, calls) {
			const ids = await Promise.all(
				calls.map(
					async ({ values }) =>
						await context.names.find(entity.kind, locatorOf(entity, values), entity.kind).then(
							({ id }) => id,
							(error: Error) => error,
						),
				),
			);
			const known = ids.filter((id) => typeof id === 'number');
			const refusals = await editObjects(context, entity.type, known, { operation: 'delete' });
			return ids.map((id) => {
				if (typeof id !== 'number') return id;
				return refusals.get(id) ?? [{ json: { deleted: true, id } }];
			});
		},
	});
