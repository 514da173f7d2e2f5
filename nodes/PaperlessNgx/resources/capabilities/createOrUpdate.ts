import type { Kind } from '../../../api/kinds';
import { defineOperation } from '../../../toolkit/operation';
import { newObjectFrom, newObjectParameters } from './create';
import type { Editable } from './editable';
import { outputOf } from './readable';
import { changeOutput, writeNamed } from './writeFields';

export const createOrUpdate = <K extends Kind, Draft extends object>(
	editable: Editable<K, Draft>,
) =>
	defineOperation({
		value: 'upsert',
		name: 'Create or Update',
		action: `Create or update ${editable.noun}`,
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		access: 'write',
		parameters: newObjectParameters(editable),
		// A later item may name an object that an earlier item creates.
		target: () => 'all',
		async execute(context, values) {
			const { name, fields } = await newObjectFrom(context, editable, values);
			const { written, created } = await writeNamed(context, editable, name, fields);
			return written
				? await changeOutput(context, editable, written, values, { created: false })
				: await outputOf(context, editable, created, values, { created: true });
		},
	});
