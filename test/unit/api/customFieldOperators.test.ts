import { customFieldConditions } from '../../../nodes/documents/filters/customFieldConditions';
import type { CustomFieldOperator } from '../../../nodes/api/customFieldOperators';
import { customFieldOperators } from '../../../nodes/api/customFieldOperators';
import { rowsOf } from '../../../nodes/toolkit/optionsOf';

const operators = rowsOf<string, CustomFieldOperator>(customFieldOperators);
const types = [...new Set(operators.flatMap(([, operator]) => operator.types))];
const offeredFor = (type: string) =>
	operators.filter(([, operator]) => operator.types.includes(type));
const labelsFor = (type: string) => offeredFor(type).map(([, { label }]) => label);

describe('The operators of custom fields', () => {
	it.each(types)('differ in what they send for a field of the type %s', (type) => {
		const sent = offeredFor(type).map(([, operator]) =>
			JSON.stringify([operator.op, operator.takes === 'nothing' ? operator.value : '']),
		);

		expect(new Set(sent).size).toBe(sent.length);
	});

	it.each(types)('include emptiness and one word for equality for the type %s', (type) => {
		expect(labelsFor(type)).toEqual(
			expect.arrayContaining(['Is Empty', 'Is Not Empty', 'Is Set', 'Is Not Set']),
		);
		expect(labelsFor(type).join()).toMatch(/Equals|Is Any Of|Is Yes|\bOn\b/);
	});

	it('compare the size of numbers and amounts, and the order of dates, each in its words', () => {
		const of = (label: string) => types.filter((type) => labelsFor(type).includes(label)).sort();

		expect(of('Greater Than')).toEqual(['float', 'integer', 'monetary']);
		expect(of('After')).toEqual(['date']);
	});

	it('decide which field for a value the panel shows', () => {
		const [group] = customFieldConditions.options;
		const [row] = group.values[1].options;
		const hiddenFor = row.values[2].displayOptions.hide.operator;

		for (const [name, { takes }] of operators)
			expect(hiddenFor.includes(name as (typeof hiddenFor)[number])).toBe(
				['date', 'nothing', 'options'].includes(takes),
			);
	});
});
