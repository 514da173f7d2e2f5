import { PaperlessError } from '../api/errors';
import type { CustomField } from '../api/schemas/named';
import type { Context } from '../toolkit/operation';
import { nameOrId, namesOrIds } from '../toolkit/parameterBuilders';
import type { Parameter, ValuesOf } from '../toolkit/parameter';
import { toReferences } from '../toolkit/references';
import { rowTitle } from '../toolkit/rowTitle';
import type { CustomFieldIntent } from './edit/documentIntent';
import { sum } from './edit/incremented';
import { fieldReference } from './fieldReference';

const incrementParameter = {
	displayName: 'Increment Custom Fields',
	name: 'incrementCustomFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, fixedCollection: { itemTitle: rowTitle('field', 'by') } },
	placeholder: 'Add Custom Field',
	default: {},
	description:
		'Numbers and amounts to add something to; a field without a value counts as 0. Two executions at the same time may count once.',
	options: [
		{
			displayName: 'Custom Field',
			name: 'rows',
			values: [
				nameOrId('Field Name or ID', 'field', 'getCustomFields'),
				{
					displayName: 'By',
					name: 'by',
					type: 'number',
					default: 1,
					description: 'What to add; a negative number is subtracted',
				},
			],
		},
	],
} as const satisfies Parameter;

/** Changes of custom fields that depend on what a document has. */
export const customFieldChanges = [
	{
		...namesOrIds('Attach Custom Field Names or IDs', 'attachCustomFields', 'getCustomFields'),
		hint: 'Adds fields without a value; a document that has the field keeps its value',
	},
	{
		...namesOrIds('Clear Custom Field Names or IDs', 'clearCustomFields', 'getCustomFields'),
		hint: 'Takes the value away; the document keeps the field',
	},
	incrementParameter,
] as const satisfies readonly Parameter[];

/** Stands among the options. */
export const keepExistingValues = {
	displayName: 'Keep Existing Values',
	name: 'keepExistingValues',
	type: 'boolean',
	default: false,
	description:
		'Whether to set the values under “Custom Fields” only where the document has no value for the field',
} as const satisfies Parameter;

type Values = Partial<ValuesOf<typeof customFieldChanges>>;
type IncrementRow = NonNullable<NonNullable<Values['incrementCustomFields']>['rows']>[number];

const parameter = 'incrementCustomFields';

const decimals: Readonly<Record<string, number>> = { integer: 0, float: 10, monetary: 2 };

function requireFits({ name, data_type: type }: CustomField, by: number): void {
	const places = Object.hasOwn(decimals, type) ? decimals[type] : undefined;
	if (places === undefined) {
		throw new PaperlessError('invalid', `Custom field “${name}” is not a number`, {
			description: `It is of the type ${type}. Only integers, floats and amounts can be incremented.`,
			parameter,
		});
	}
	if (Number(by.toFixed(places)) === by) return;
	throw new PaperlessError('invalid', `Custom field “${name}” cannot be incremented by ${by}`, {
		description: `A field of the type ${type} has ${places === 0 ? 'no' : `at most ${places}`} decimals.`,
		parameter,
	});
}

async function incrementsFrom(
	{ names }: Context,
	rows: readonly IncrementRow[],
): Promise<Record<string, number>> {
	const increments = new Map<number, number>();
	for (const { field: value, by } of rows) {
		const reference = fieldReference(value, parameter);
		if (reference === undefined) {
			throw new PaperlessError('invalid', 'A row under “Increment Custom Fields” names no field', {
				description: 'Choose a custom field, or remove the row.',
				parameter,
			});
		}
		const field = await names.find('customField', reference, parameter);
		requireFits(field, by);
		increments.set(field.id, sum(increments.get(field.id) ?? 0, by));
	}
	return Object.fromEntries([...increments].filter(([, by]) => by !== 0));
}

/** The part of an intent that these parameters ask for; nothing where they are empty. */
export async function customFieldChangesFrom(
	context: Context,
	{ attachCustomFields, clearCustomFields, incrementCustomFields = {} }: Values,
): Promise<Pick<CustomFieldIntent, 'attach' | 'clear' | 'increments'>> {
	const idsOf = async (value: unknown, label: string, name: string) =>
		await context.names.ids('customField', toReferences(value, label), name);
	const [attach, clear, increments] = await Promise.all([
		idsOf(attachCustomFields, 'Attach Custom Field Names or IDs', 'attachCustomFields'),
		idsOf(clearCustomFields, 'Clear Custom Field Names or IDs', 'clearCustomFields'),
		incrementsFrom(context, incrementCustomFields.rows ?? []),
	]);
	return {
		...(attach.length > 0 && { attach }),
		...(clear.length > 0 && { clear }),
		...(Object.keys(increments).length > 0 && { increments }),
	};
}
