import type { Parameter, ValuesOf } from '../../toolkit/parameter';
import { rowTitle } from '../../toolkit/rowTitle';
import type { FilterEntry } from './filterEntry';

const filter = 'archive_serial_number';

export const serialNumberConditions = {
	displayName: 'Archive Serial Number',
	name: 'archiveSerialNumber',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		fixedCollection: { itemTitle: rowTitle('condition', 'number') },
	},
	placeholder: 'Add Condition',
	default: { rows: [{ condition: 'is', number: 1 }] },
	options: [
		{
			displayName: 'Condition',
			name: 'rows',
			values: [
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
				{ displayName: 'Number', name: 'number', type: 'number', default: 1 },
			],
		},
	],
} as const satisfies Parameter;

type Conditions = ValuesOf<readonly [typeof serialNumberConditions]>['archiveSerialNumber'];

export const serialNumberEntries = ({ rows = [] }: Conditions): FilterEntry[] =>
	rows.map(({ condition, number }) => [
		condition === 'is' ? filter : `${filter}__${condition}`,
		String(number),
	]);
