import { defineOperation } from '../../../toolkit/operation';
import type { Entity } from './entity';
import { locatorOf, locatorParameter, shown } from './entity';

export const get = (entity: Entity) =>
	defineOperation({
		value: 'get',
		name: 'Get',
		action: `Get ${entity.noun}`,
		description: `Retrieve a ${entity.noun} by its name or ID`,
		access: 'read',
		parameters: [locatorParameter(entity)],
		async execute({ api, names }, values) {
			const id = await names.id(entity.kind, locatorOf(entity, values), entity.kind);
			return [{ json: shown(await entity.collection(api).get(id)) }];
		},
	});
