import type { Kind } from '../../../api/kinds';
import { asError } from '../../../api/errors';
import type { Outcome, Output } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { newObjectFrom, newObjectParameters } from './create';
import type { Editable } from './editable';
import { outputOf } from './readable';

export const createOrUpdate = <K extends Kind, Draft extends object>(
	editable: Editable<K, Draft>,
) => {
	const { kind, newDraft, changes = (_existing, fields) => fields } = editable;
	return defineOperation({
		value: 'upsert',
		name: 'Create or Update',
		action: `Create or update ${editable.noun}`,
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		access: 'write',
		parameters: newObjectParameters(editable),
		async executeAll(context, calls) {
			const collection = editable.collection(context.api);
			const write = async (values: Record<string, unknown>): Promise<Output[]> => {
				const { name, fields } = await newObjectFrom(context, editable, values);
				const existing = await context.names.existing(kind, name);
				if (existing) {
					const missing = changes(existing, fields);
					const hasChanges = Object.keys(missing).length > 0;
					const current = hasChanges ? await collection.update(existing.id, missing) : existing;
					return [await outputOf(context, editable, current, { created: false })];
				}
				const created = await collection.create(newDraft({ ...fields, name }));
				await context.names.add(kind, created);
				return [await outputOf(context, editable, created, { created: true })];
			};
			// One after the other, because a later item may name an object that an earlier one creates.
			const outcomes: Outcome[] = [];
			for (const { values } of calls) outcomes.push(await write(values).catch(asError));
			return outcomes;
		},
	});
};
