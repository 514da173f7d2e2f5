import type { Kind } from '../../../api/kinds';
import type { Context } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Editable } from './editable';
import { noFields } from './editable';
import { nameParameter, trimmedName } from './nameParameter';
import type { PermissionValues } from '../shared/permissions';
import { permissionsParameter } from '../shared/permissions';
import { outputOf } from './readable';
import { simplifyParameter } from './simplify';
import { withGrants } from './withGrants';
import { writeNew } from './writeFields';

/** The name, the main fields, and a collection of the additional fields where there are any. */
export const newObjectParameters = <K extends Kind, Draft extends object>({
	example,
	mainFields,
	additionalFields,
	hasPermissions = false,
	nameDescription,
}: Editable<K, Draft>) =>
	[
		{
			...nameParameter({ example }),
			...(nameDescription !== undefined && { description: nameDescription }),
		},
		...(mainFields?.parameters ?? []),
		...(additionalFields
			? [
					{
						displayName: 'Additional Fields',
						name: 'additionalFields',
						type: 'collection',
						placeholder: 'Add Field',
						default: {},
						options: additionalFields.parameters,
					} as const,
				]
			: []),
		...(hasPermissions ? [permissionsParameter] : []),
		simplifyParameter,
	] as const;

/** The name and the body that the values of these parameters stand for. */
export async function newObjectFrom<K extends Kind, Draft extends object>(
	context: Context,
	{ mainFields = noFields, additionalFields = noFields }: Editable<K, Draft>,
	values: Record<string, unknown>,
): Promise<{ name: string; fields: Partial<Draft> }> {
	const more = (values.additionalFields ?? {}) as Record<string, unknown>;
	const permissions = values.permissions as PermissionValues | undefined;
	const fields: Partial<Draft> = {
		...(await mainFields.read(context, values)),
		...(await additionalFields.read(context, more)),
	};
	return {
		name: trimmedName(String(values.name)),
		fields: await withGrants(context, fields, permissions),
	};
}

export const create = <K extends Kind, Draft extends object>(editable: Editable<K, Draft>) =>
	defineOperation({
		value: 'create',
		name: 'Create',
		action: `Create ${editable.noun}`,
		description: `Create a new ${editable.noun}`,
		access: 'write',
		parameters: newObjectParameters(editable),
		// A later item may name an object that an earlier item creates.
		target: () => 'all',
		async execute(context, values) {
			const { name, fields } = await newObjectFrom(context, editable, values);
			const created = await writeNew(context, editable, name, fields);
			return await outputOf(context, editable, created, values);
		},
	});
