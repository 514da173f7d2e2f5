import { forgetServers } from '../../../../nodes/api/connection';
import { PaperlessError } from '../../../../nodes/api/errors';
import { customFieldQuery } from '../../../../nodes/documents/filters/customFieldQuery';
import { contextOn } from '../../../support/context.mts';
import { FakeTransport, page, refusalOf } from '../../../support/fakeTransport.mts';

beforeEach(forgetServers);

const definitions = [
	{ id: 1, name: 'Note', data_type: 'string' },
	{ id: 2, name: 'Due', data_type: 'date' },
	{ id: 3, name: 'Paid', data_type: 'boolean' },
	{ id: 4, name: 'Amount', data_type: 'monetary', extra_data: { default_currency: 'EUR' } },
	{
		id: 5,
		name: 'Level',
		data_type: 'select',
		extra_data: { select_options: [{ id: 'a1', label: 'High' }] },
	},
	{ id: 6, name: 'Related', data_type: 'documentlink' },
	{ id: 7, name: 'Count', data_type: 'integer' },
];

type Groups = Parameters<typeof customFieldQuery>[1];
type Match = Groups[number]['match'];
type Row = NonNullable<Groups[number]['conditions']['rows']>[number];

const row = (field: string | number, operator: Row['operator'], value = ''): Row => ({
	field,
	operator,
	value,
	date: '',
	choices: [],
});
const on = (field: string, operator: Row['operator'], date: string): Row => ({
	...row(field, operator),
	date,
});
const among = (field: string, choices: unknown): Row => ({ ...row(field, 'isAnyOf'), choices });
const group = (match: Match, ...rows: Row[]): Groups[number] => ({ match, conditions: { rows } });

const start = () => contextOn(new FakeTransport([page(definitions)]));
const query = async (...groups: Groups) => await customFieldQuery(start(), groups);

describe('A condition on a custom field', () => {
	it.each([
		[row('Note', 'contains', ' a, b '), [1, 'icontains', 'a, b']],
		[row('Note', 'startsWith', 'a'), [1, 'istartswith', 'a']],
		[row('Note', 'endsWith', 'a'), [1, 'iendswith', 'a']],
		[row('Note', 'equals', ' a, b '), [1, 'exact', 'a, b']],
		[row('Note', 'isOneOf', 'a, b'), [1, 'in', ['a', 'b']]],
		[row('Note', 'isEmpty', 'ignored'), [1, 'isnull', true]],
		[row('Note', 'isNotEmpty'), [1, 'isnull', false]],
		[row('Note', 'isSet'), [1, 'exists', true]],
		[row('Note', 'isNotSet'), [1, 'exists', false]],
		[on('Due', 'before', '2024-05-31T10:00:00Z'), [2, 'lt', '2024-05-31']],
		[on('Due', 'on', '2024-05-31'), [2, 'exact', '2024-05-31']],
		[row('Due', 'isBetween', '2024-01-01, 2024-12-31'), [2, 'range', ['2024-01-01', '2024-12-31']]],
		[row('Paid', 'isNo'), [3, 'exact', false]],
		[row('Amount', 'equals', '12.5'), [4, 'exact', 'EUR12.50']],
		[row('Amount', 'greaterThan', 'EUR12'), [4, 'gt', '12.00']],
		[row('Amount', 'greaterThanOrEqual', '12'), [4, 'gte', '12.00']],
		[row('Amount', 'isBetween', '1,2'), [4, 'range', ['1.00', '2.00']]],
		[row('Amount', 'contains', 'EUR'), [4, 'icontains', 'EUR']],
		[among('Level', ' High'), [5, 'in', ['a1']]],
		[among('Level', 'high, a1'), [5, 'in', ['a1', 'a1']]],
		[among('Level', ['a1']), [5, 'in', ['a1']]],
		[row('Related', 'linksTo', '12, 34'), [6, 'contains', [12, 34]]],
		[row(7, 'lessThanOrEqual', '3'), [7, 'lte', 3]],
		[row('7', 'isOneOf', '1,2'), [7, 'in', [1, 2]]],
	])('%j is sent as %j', async (condition, atom) => {
		expect(await query(group('all', condition))).toEqual(['AND', [atom]]);
	});

	it.each([
		[
			row('Paid', 'greaterThan', '1'),
			'does not support “Greater Than”',
			'Supported operators: Is Empty',
		],
		[row('Note', 'linksTo', '1'), 'does not support “Links To”', 'type is string'],
		[row('Related', 'isOneOf', '1'), 'does not support “Is One Of”', 'Links To'],
		[row('Note', 'equals', '  '), 'The condition on “Note” has no value', 'Is Empty'],
		[row('Due', 'isBetween', '2024-01-01'), 'has no value', 'two values'],
		[on('Due', 'before', 'soon'), 'not a date', 'soon'],
		[on('Due', 'before', ' '), 'has no value', 'Is Empty'],
		[among('Level', []), 'has no value', 'Is Empty'],
		[row('', 'equals', 'a'), 'names no custom field', 'remove'],
		[row('Nope', 'equals', 'a'), 'There is no custom field “Nope”', 'Did you mean “Note”?'],
	])('%j is rejected: %s', async (condition, message, description) => {
		const refusal = await refusalOf(query(group('all', condition)), PaperlessError);

		expect(refusal.message).toContain(message);
		expect(refusal.description).toContain(description);
	});
});

describe('Groups of conditions', () => {
	const one = row('Paid', 'isYes');
	const two = row('Count', 'equals', '2');

	it.each([
		[
			'all',
			[
				'AND',
				[
					[3, 'exact', true],
					[7, 'exact', 2],
				],
			],
		],
		[
			'any',
			[
				'OR',
				[
					[3, 'exact', true],
					[7, 'exact', 2],
				],
			],
		],
		[
			'none',
			[
				'NOT',
				[
					'OR',
					[
						[3, 'exact', true],
						[7, 'exact', 2],
					],
				],
			],
		],
	] as const)('match %s of their conditions', async (match, expression) => {
		expect(await query(group(match, one, two))).toEqual(expression);
	});

	it('must all hold', async () => {
		expect(await query(group('any', one), group('all', two))).toEqual([
			'AND',
			[
				['OR', [[3, 'exact', true]]],
				['AND', [[7, 'exact', 2]]],
			],
		]);
	});

	it('without conditions send no query', async () => {
		expect(await query()).toBeUndefined();
		expect(await query(group('all'), { match: 'any', conditions: {} })).toBeUndefined();
	});

	it('with more than twenty conditions are rejected, as on the server', async () => {
		const rows = Array.from({ length: 21 }, () => one);

		const refusal = await refusalOf(query(group('all', ...rows)), PaperlessError);

		expect(refusal.message).toBe('There are 21 conditions on custom fields');
	});

	it('take one request for the definitions', async () => {
		const transport = new FakeTransport([page(definitions)]);

		await customFieldQuery(contextOn(transport), [group('all', one, two), group('any', one)]);

		expect(transport.requests).toHaveLength(1);
	});
});
