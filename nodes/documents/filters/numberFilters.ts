import type { Parameter, ValuesOf } from '../../toolkit/parameter';
import type { FilterEntry } from './filterEntry';

export const numberFilters = {
	displayName: 'Number Filters',
	name: 'numberFilters',
	type: 'fixedCollection',
	rejectsEmpty: true,
	typeOptions: { multipleValues: true },
	placeholder: 'Add Number Filter',
	default: {},
	options: [
		{
			displayName: 'Number Filter',
			name: 'rows',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					options: [{ name: 'Archive Serial Number', value: 'archive_serial_number' }],
					default: 'archive_serial_number',
				},
				{
					displayName: 'Condition',
					name: 'condition',
					type: 'options',
					options: [
						{ name: 'Greater Than', value: 'gt' },
						{ name: 'Greater Than or Equal', value: 'gte' },
						{ name: 'Is', value: 'is' },
						{ name: 'Less Than', value: 'lt' },
						{ name: 'Less Than or Equal', value: 'lte' },
					],
					default: 'is',
				},
				{ displayName: 'Value', name: 'value', type: 'number', default: 1 },
			],
		},
	],
} as const satisfies Parameter;

type NumberFilters = ValuesOf<readonly [typeof numberFilters]>['numberFilters'];

export const numberEntries = ({ rows = [] }: NumberFilters): FilterEntry[] =>
	rows.map(({ field, condition, value }) => [
		condition === 'is' ? field : `${field}__${condition}`,
		String(value),
	]);
