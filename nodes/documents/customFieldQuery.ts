import { PaperlessError } from '../api/errors';
import type { CustomField } from '../api/schemas/named';
import type { Context } from '../toolkit/operation';
import type { Parameter, ValuesOf } from '../toolkit/parameter';
import { toReferences } from '../toolkit/references';
import { encodeValue } from './customFields';

const everyType = [
	'boolean',
	'date',
	'documentlink',
	'float',
	'integer',
	'longtext',
	'monetary',
	'select',
	'string',
	'url',
];
const texts = ['longtext', 'monetary', 'string', 'url'];
const ordered = ['date', 'float', 'integer', 'monetary'];

type Operator = {
	/** The server's word, by the field's type where it differs. */
	op: string;
	types: readonly string[];
	takes: 'nothing' | 'one' | 'list' | 'pair' | 'text';
	/** Fixed value of an operator that takes nothing. */
	value?: boolean;
};

/** Which operators a field of a type has, as on the server (paperless-api §4.6). */
const operators: Readonly<Record<string, Operator>> = {
	contains: { op: 'icontains', types: texts, takes: 'text' },
	endsWith: { op: 'iendswith', types: texts, takes: 'text' },
	equals: { op: 'exact', types: everyType, takes: 'one' },
	greaterThan: { op: 'gt', types: ordered, takes: 'one' },
	greaterThanOrEqual: { op: 'gte', types: ordered, takes: 'one' },
	isBetween: { op: 'range', types: ordered, takes: 'pair' },
	isEmpty: { op: 'isnull', types: everyType, takes: 'nothing', value: true },
	isNotEmpty: { op: 'isnull', types: everyType, takes: 'nothing', value: false },
	isNotSet: { op: 'exists', types: everyType, takes: 'nothing', value: false },
	isOneOf: { op: 'in', types: everyType.filter((type) => type !== 'documentlink'), takes: 'list' },
	isSet: { op: 'exists', types: everyType, takes: 'nothing', value: true },
	lessThan: { op: 'lt', types: ordered, takes: 'one' },
	lessThanOrEqual: { op: 'lte', types: ordered, takes: 'one' },
	linksTo: { op: 'contains', types: ['documentlink'], takes: 'one' },
	startsWith: { op: 'istartswith', types: texts, takes: 'text' },
};

export const customFieldFilters = {
	displayName: 'Custom Field Filters',
	name: 'customFieldFilters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Group',
	default: {},
	description: 'Conditions on custom fields, in groups; every group must hold',
	options: [
		{
			displayName: 'Group',
			name: 'groups',
			values: [
				{
					displayName: 'Match',
					name: 'match',
					type: 'options',
					options: [
						{ name: 'All Conditions', value: 'all' },
						{ name: 'Any Condition', value: 'any' },
						{ name: 'No Condition', value: 'none' },
					],
					default: 'all',
				},
				{
					displayName: 'Conditions',
					name: 'conditions',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add Condition',
					default: {},
					options: [
						{
							displayName: 'Condition',
							name: 'rows',
							values: [
								{
									displayName: 'Field Name or ID',
									name: 'field',
									type: 'options',
									typeOptions: { loadOptionsMethod: 'getCustomFields' },
									default: '',
									description:
										'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
								},
								{
									displayName: 'Operator',
									name: 'operator',
									type: 'options',
									options: [
										{ name: 'Contains', value: 'contains' },
										{ name: 'Ends With', value: 'endsWith' },
										{ name: 'Equals', value: 'equals' },
										{ name: 'Greater Than', value: 'greaterThan' },
										{ name: 'Greater Than or Equal', value: 'greaterThanOrEqual' },
										{ name: 'Is Between', value: 'isBetween' },
										{ name: 'Is Empty', value: 'isEmpty' },
										{ name: 'Is Not Empty', value: 'isNotEmpty' },
										{ name: 'Is Not Set', value: 'isNotSet' },
										{ name: 'Is One Of', value: 'isOneOf' },
										{ name: 'Is Set', value: 'isSet' },
										{ name: 'Less Than', value: 'lessThan' },
										{ name: 'Less Than or Equal', value: 'lessThanOrEqual' },
										{ name: 'Links To', value: 'linksTo' },
										{ name: 'Starts With', value: 'startsWith' },
									],
									default: 'equals',
								},
								{
									displayName: 'Value',
									name: 'value',
									type: 'string',
									default: '',
									description: 'Several values are separated by commas',
								},
							],
						},
					],
				},
			],
		},
	],
} as const satisfies Parameter;

type Groups = NonNullable<
	ValuesOf<readonly [typeof customFieldFilters]>['customFieldFilters']['groups']
>;
type Row = NonNullable<Groups[number]['conditions']['rows']>[number];

/** `isOneOf` is “Is One Of” in the panel. */
const operatorLabel = (name: string) =>
	name
		.replace(/^[a-z]/, (letter) => letter.toUpperCase())
		.replace(/(?=[A-Z])\B/g, ' ')
		.replace(' Or ', ' or ');

/** Amounts are stored with their currency but ordered without it (§4.6). */
function operand(field: CustomField, operator: Operator, value: string): unknown {
	if (operator.takes === 'text') return value;
	const encoded = encodeValue(field, value);
	return field.data_type === 'monetary' && operator.types === ordered
		? String(encoded).replace(/^[A-Z]{3}/, '')
		: encoded;
}

async function condition({ names }: Context, { field: wanted, operator: name, value }: Row) {
	const [reference] = toReferences(wanted, 'Field');
	if (reference === undefined) {
		throw new PaperlessError('invalid', 'A condition names no custom field', {
			description: 'Choose one, or remove the condition.',
			parameter: 'customFieldFilters',
		});
	}
	const field = await names.find('customField', reference, 'customFieldFilters');
	const operator = operators[name];
	if (operator === undefined || !operator.types.includes(field.data_type)) {
		const fitting = Object.keys(operators).filter((key) =>
			operators[key]?.types.includes(field.data_type),
		);
		throw new PaperlessError(
			'invalid',
			`The custom field “${field.name}” cannot be compared by “${operatorLabel(name)}”`,
			{
				description: `It is of the type ${field.data_type}. Fitting operators: ${fitting.map(operatorLabel).join(', ')}.`,
				parameter: 'customFieldFilters',
			},
		);
	}
	const values = value
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
	const isList = operator.takes === 'list' || operator.takes === 'pair';
	const enough = operator.takes === 'pair' ? values.length === 2 : values.length > 0;
	if (operator.takes !== 'nothing' && !enough) {
		throw new PaperlessError('invalid', `The condition on “${field.name}” lacks its value`, {
			description:
				operator.takes === 'pair'
					? 'Enter two values separated by a comma.'
					: 'Enter one, or use “Is Empty”.',
			parameter: 'customFieldFilters',
		});
	}
	const given = isList
		? values.map((one) => operand(field, operator, one))
		: operator.takes === 'nothing'
			? operator.value
			: operand(field, operator, value.trim());
	return [field.id, operator.op, given];
}

const maxConditions = 20;

/** The groups as the server's query, `undefined` where there is none. */
export async function customFieldQuery(
	context: Context,
	groups: Groups,
): Promise<unknown[] | undefined> {
	const rows = groups.flatMap(({ conditions }) => conditions.rows ?? []);
	if (rows.length > maxConditions) {
		throw new PaperlessError('invalid', `There are ${rows.length} conditions on custom fields`, {
			description: `Paperless-ngx takes ${maxConditions} at most.`,
			parameter: 'customFieldFilters',
		});
	}
	const expressions = await Promise.all(
		groups
			.filter(({ conditions }) => (conditions.rows ?? []).length > 0)
			.map(async ({ match, conditions }) => {
				const atoms = await Promise.all(
					(conditions.rows ?? []).map(async (row) => await condition(context, row)),
				);
				if (match === 'all') return ['AND', atoms];
				return match === 'any' ? ['OR', atoms] : ['NOT', ['OR', atoms]];
			}),
	);
	return expressions.length > 1 ? ['AND', expressions] : expressions[0];
}
