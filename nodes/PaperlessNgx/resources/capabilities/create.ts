import { PaperlessError } from '../../../api/errors';
import type { ObjectDraft } from '../../../api/bulkEditObjects';
import type { Context } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Entity } from './entity';
import { nameParameter, shown } from './entity';

const matching = { none: 0, anyWord: 1 } as const;

/** The server's default matches any word of an empty text, which is never; none says so. */
export const withMatching = (draft: ObjectDraft): ObjectDraft => ({
	matching_algorithm: draft.match ? matching.anyWord : matching.none,
	...draft,
});

export function trimmedName(name: string): string {
	const trimmed = name.trim();
	if (trimmed !== '' && trimmed.length <= 128) return trimmed;
	throw new PaperlessError(
		'invalid',
		trimmed === '' ? '“Name” is empty' : `“Name” has ${trimmed.length} characters`,
		{
			description: 'Enter a name of 1 to 128 characters.',
			parameter: 'name',
		},
	);
}

/** What an item asks for: the name, and the fields that go with it. */
export async function draftFrom(context: Context, entity: Entity, values: Record<string, unknown>) {
	const { name, additionalFields } = values as {
		name: string;
		additionalFields: Record<string, unknown>;
	};
	const fields: ObjectDraft = {
		...(await entity.required?.read(context, values)),
		...(await entity.fields.read(context, additionalFields)),
	};
	return { name: trimmedName(name), fields };
}

export const newObjectParameters = ({ required, fields }: Entity) =>
	[
		nameParameter,
		...(required?.parameters ?? []),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: fields.parameters,
		},
	] as const;

export const create = (entity: Entity) =>
	defineOperation({
		value: 'create',
		name: 'Create',
		action: `Create ${entity.noun}`,
		description: `Create a new ${entity.noun}`,
		access: 'write',
		parameters: newObjectParameters(entity),
		async execute(context, values) {
			const { name, fields } = await draftFrom(context, entity, values);
			const created = await entity
				.collection(context.api)
				.create(withMatching({ ...fields, name }));
			return [{ json: shown(created) }];
		},
	});
