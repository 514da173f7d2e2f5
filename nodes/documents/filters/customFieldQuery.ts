import { PaperlessError } from '../../api/errors';
import { quotedName } from '../../api/quotedName';
import type { CustomField } from '../../api/schemas/named';
import type { Context } from '../../toolkit/operation';
import { rowsOf } from '../../toolkit/optionsOf';
import { encodeValue } from '../encodeValue';
import { fieldReference } from '../fieldReference';
import type { Condition, ConditionGroup } from './customFieldConditions';
import type { CustomFieldOperator, OperatorName } from '../../api/customFieldOperators';
import { comparesOrder, customFieldOperators } from '../../api/customFieldOperators';

const maxConditions = 20;

const parameter = 'customFieldConditions';

const rejected = (message: string, description: string) =>
	new PaperlessError('invalid', message, { description, parameter });

const isOperator = (name: unknown): name is OperatorName =>
	typeof name === 'string' && Object.hasOwn(customFieldOperators, name);

function operatorFrom({ operator: name }: Condition): CustomFieldOperator {
	if (isOperator(name)) return customFieldOperators[name];
	throw rejected(
		`${quotedName(String(name))} is no operator`,
		`Operators: ${Object.keys(customFieldOperators).join(', ')}.`,
	);
}

async function comparedField(
	{ names }: Context,
	{ field }: Condition,
	operator: CustomFieldOperator,
): Promise<CustomField> {
	const reference = fieldReference(field, parameter);
	if (reference === undefined) {
		throw rejected('A condition names no custom field', 'Choose one, or remove the condition.');
	}
	const found = await names.find('customField', reference, parameter);
	const isSupported = ({ types }: CustomFieldOperator) => types.includes(found.data_type);
	if (isSupported(operator)) return found;
	const supported = rowsOf(customFieldOperators).filter(([, row]) => isSupported(row));
	throw rejected(
		`The custom field “${found.name}” does not support “${operator.label}”`,
		supported.length === 0
			? `This node does not know its type, “${found.data_type}”. Update the node, or use another filter.`
			: `Its type is ${found.data_type}. Supported operators: ${supported.map(([, { label }]) => label).join(', ')}.`,
	);
}

function encodedOperand(
	{ timeZone }: Context,
	field: CustomField,
	operator: CustomFieldOperator,
	value: unknown,
): unknown {
	if (operator.takes === 'text') return value;
	const encoded = encodeValue(field, value, timeZone);
	// Amounts are stored with their currency but ordered without it
	// (docs/paperless-api.md#amounts-in-conditions).
	return field.data_type === 'monetary' && comparesOrder(operator)
		? String(encoded).replace(/^[A-Z]{3}/, '')
		: encoded;
}

const entriesOf = (text: string): string[] =>
	text
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);

/** The options of a select field: a list, or text with one label or several separated by commas. */
function choicesOf({ extra_data }: CustomField, given: unknown): unknown[] {
	if (typeof given !== 'string') return [given].flat();
	const isLabel = extra_data?.select_options?.some((option) => option?.label === given.trim());
	return isLabel ? [given] : entriesOf(given);
}

function operandsOf(field: CustomField, operator: CustomFieldOperator, row: Condition): unknown[] {
	if (operator.takes === 'options') return choicesOf(field, row.choices);
	if (operator.takes === 'date') return [row.date].filter((date) => date.trim() !== '');
	return entriesOf(row.value);
}

function operandOf(
	context: Context,
	field: CustomField,
	operator: CustomFieldOperator,
	row: Condition,
): unknown {
	if (operator.takes === 'nothing') return operator.value;
	const operands = operandsOf(field, operator, row);
	const isComplete = operator.takes === 'pair' ? operands.length === 2 : operands.length > 0;
	if (!isComplete) {
		throw rejected(
			`The condition on “${field.name}” has no value`,
			operator.takes === 'pair'
				? 'Enter two values separated by a comma.'
				: 'Enter a value, or use “Is Empty”.',
		);
	}
	const encode = (operand: unknown) => encodedOperand(context, field, operator, operand);
	if (operator.takes === 'date') return encode(row.date);
	return ['list', 'options', 'pair'].includes(operator.takes)
		? operands.map(encode)
		: encode(row.value.trim());
}

async function expressionOf(context: Context, condition: Condition): Promise<unknown[]> {
	const operator = operatorFrom(condition);
	const field = await comparedField(context, condition, operator);
	return [field.id, operator.op, operandOf(context, field, operator, condition)];
}

function joined(match: ConditionGroup['match'], expressions: unknown[]): unknown[] {
	if (match === 'all') return ['AND', expressions];
	return match === 'any' ? ['OR', expressions] : ['NOT', ['OR', expressions]];
}

/**
 * The groups in the server's query language, e.g. `['AND', [[3, 'exact', true]]]`; `undefined`
 * when there are no conditions. Conditions that the server would reject are rejected here.
 */
export async function customFieldQuery(
	context: Context,
	groups: readonly ConditionGroup[],
): Promise<unknown[] | undefined> {
	const conditions = groups.flatMap((group) => group.conditions.rows ?? []);
	if (conditions.length > maxConditions) {
		throw rejected(
			`There are ${conditions.length} conditions on custom fields`,
			`Paperless-ngx accepts at most ${maxConditions}.`,
		);
	}
	const expressions = await Promise.all(
		groups
			.filter((group) => (group.conditions.rows ?? []).length > 0)
			.map(async ({ match, conditions: { rows = [] } }) =>
				joined(match, await Promise.all(rows.map((row) => expressionOf(context, row)))),
			),
	);
	return expressions.length > 1 ? ['AND', expressions] : expressions[0];
}
