import { customFieldFilters } from '../../../../nodes/documents/filters/customFieldFilters';
import type { CustomFieldOperator } from '../../../../nodes/documents/filters/customFieldOperators';
import { customFieldOperators } from '../../../../nodes/documents/filters/customFieldOperators';
import { rowsOf } from '../../../../nodes/toolkit/optionsOf';

const operators = rowsOf<string, CustomFieldOperator>(customFieldOperators);
const supportedBy = (type: string) =>
	operators.filter(([, { types }]) => types.includes(type)).map(([, { label }]) => label);

describe('The operators of custom fields', () => {
	it('are the options of the panel', () => {
		const text = JSON.stringify(customFieldFilters);

		for (const [value, { label }] of operators)
			expect(text).toContain(JSON.stringify({ name: label, value }));
	});

	it('differ in what they send', () => {
		const sent = operators.map(([, operator]) =>
			JSON.stringify([operator.op, operator.takes === 'nothing' ? operator.value : '']),
		);

		expect(new Set(sent).size).toBe(operators.length);
	});

	it('include equality and emptiness for every type', () => {
		const types = new Set(operators.flatMap(([, operator]) => operator.types));

		for (const type of types)
			expect(supportedBy(type)).toEqual(
				expect.arrayContaining(['Equals', 'Is Empty', 'Is Not Empty', 'Is Set', 'Is Not Set']),
			);
	});

	it('compare the size of numbers, dates and amounts only', () => {
		const ordered = ['boolean', 'date', 'float', 'integer', 'monetary', 'string'].filter((type) =>
			supportedBy(type).includes('Greater Than'),
		);

		expect(ordered).toEqual(['date', 'float', 'integer', 'monetary']);
	});
});
