import type { Output } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { draftFrom, newObjectParameters, withMatching } from './create';
import type { Entity } from './entity';
import { shown } from './entity';

export const createOrUpdate = (entity: Entity) =>
	defineOperation({
		value: 'upsert',
		name: 'Create or Update',
		action: `Create or update ${entity.noun}`,
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		access: 'write',
		parameters: newObjectParameters(entity),
		async executeAll(context, calls) {
			const collection = entity.collection(context.api);
			const write = async (values: Record<string, unknown>): Promise<Output[]> => {
				const { name, fields } = await draftFrom(context, entity, values);
				const existing = await context.names.existing(entity.kind, name);
				if (existing) {
					const hasChanges = Object.keys(fields).length > 0;
					const current = hasChanges ? await collection.update(existing.id, fields) : existing;
					return [{ json: { ...shown(current), created: false } }];
				}
				const created = await collection.create(withMatching({ ...fields, name }));
				await context.names.add(entity.kind, created);
				return [{ json: { ...shown(created), created: true } }];
			};
			// One after the other: a later item may name what an earlier one creates.
			const outcomes: Array<Output[] | Error> = [];
			for (const { values } of calls) {
				outcomes.push(await write(values).catch((error: Error) => error));
			}
			return outcomes;
		},
	});
