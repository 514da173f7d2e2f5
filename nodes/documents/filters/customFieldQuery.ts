import { PaperlessError } from '../../api/errors';
import type { CustomField } from '../../api/schemas/named';
import type { Context } from '../../toolkit/operation';
import { rowsOf } from '../../toolkit/optionsOf';
import { encodeValue } from '../encodeValue';
import { fieldReference } from '../fieldReference';
import type { Condition, ConditionGroup } from './customFieldFilters';
import type { CustomFieldOperator } from './customFieldOperators';
import { comparesOrder, customFieldOperators } from './customFieldOperators';

const maxConditions = 20;

const rejected = (message: string, description: string) =>
	new PaperlessError('invalid', message, { description, parameter: 'customFieldFilters' });

async function comparedField(
	{ names }: Context,
	{ field, operator }: Condition,
): Promise<CustomField> {
	const reference = fieldReference(field, 'customFieldFilters');
	if (reference === undefined) {
		throw rejected('A condition names no custom field', 'Choose one, or remove the condition.');
	}
	const found = await names.find('customField', reference, 'customFieldFilters');
	const isSupported = ({ types }: CustomFieldOperator) => types.includes(found.data_type);
	if (isSupported(customFieldOperators[operator])) return found;
	const supported = rowsOf(customFieldOperators).filter(([, row]) => isSupported(row));
	throw rejected(
		`The custom field “${found.name}” does not support “${customFieldOperators[operator].label}”`,
		`Its type is ${found.data_type}. Supported operators: ${supported.map(([, { label }]) => label).join(', ')}.`,
	);
}

function encodedOperand(
	{ timeZone }: Context,
	field: CustomField,
	operator: CustomFieldOperator,
	value: string,
): unknown {
	if (operator.takes === 'text') return value;
	const encoded = encodeValue(field, value, timeZone);
	// Amounts are stored with their currency but ordered without it
	// (docs/paperless-api.md#amounts-in-conditions).
	return field.data_type === 'monetary' && comparesOrder(operator)
		? String(encoded).replace(/^[A-Z]{3}/, '')
		: encoded;
}

function operandOf(
	context: Context,
	field: CustomField,
	operator: CustomFieldOperator,
	value: string,
): unknown {
	if (operator.takes === 'nothing') return operator.value;
	const values = value
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
	const isComplete = operator.takes === 'pair' ? values.length === 2 : values.length > 0;
	if (!isComplete) {
		throw rejected(
			`The condition on “${field.name}” has no value`,
			operator.takes === 'pair'
				? 'Enter two values separated by a comma.'
				: 'Enter a value, or use “Is Empty”.',
		);
	}
	return operator.takes === 'list' || operator.takes === 'pair'
		? values.map((part) => encodedOperand(context, field, operator, part))
		: encodedOperand(context, field, operator, value.trim());
}

async function expressionOf(context: Context, condition: Condition): Promise<unknown[]> {
	const operator: CustomFieldOperator = customFieldOperators[condition.operator];
	const field = await comparedField(context, condition);
	return [field.id, operator.op, operandOf(context, field, operator, condition.value)];
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
