import { PaperlessError } from '../../api/errors';
import { instant, plainDate } from '../../toolkit/dates';
import { optionsOf } from '../../toolkit/optionsOf';
import type { Parameter, ValuesOf } from '../../toolkit/parameter';
import type { FilterEntry } from './filterEntry';
import { filledValue } from './filterEntry';

const fields = {
	added: { label: 'Added' },
	created: { label: 'Created' },
	modified: { label: 'Modified' },
};

export const dateFilters = {
	displayName: 'Date Filters',
	name: 'dateFilters',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Date Filter',
	default: {},
	options: [
		{
			displayName: 'Date Filter',
			name: 'rows',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					options: optionsOf(fields),
					default: 'created',
				},
				{
					displayName: 'Condition',
					name: 'condition',
					type: 'options',
					options: [
						{ name: 'After', value: 'gt' },
						{ name: 'Before', value: 'lt' },
						{ name: 'In Month (1–12)', value: 'month' },
						{ name: 'In Year', value: 'year' },
						{ name: 'On', value: 'on' },
						{ name: 'On Day of Month', value: 'day' },
						{ name: 'On or After', value: 'gte' },
						{ name: 'On or Before', value: 'lte' },
					],
					default: 'gte',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2024-05-31',
					description:
						'A date, or a date with time for Added and Modified (2024-05-31T12:00:00); a number for year, month and day',
				},
			],
		},
	],
} as const satisfies Parameter;

type DateFilters = ValuesOf<readonly [typeof dateFilters]>['dateFilters'];

/** Times without an offset are read in the workflow's time zone. */
export function dateEntries({ rows = [] }: DateFilters, timeZone: string): FilterEntry[] {
	return rows.flatMap(({ field, condition, value }): FilterEntry[] => {
		const { label } = fields[field];
		const text = filledValue(value, label);
		if (condition === 'year' || condition === 'month' || condition === 'day') {
			if (/^\d{1,4}$/.test(text)) return [[`${field}__${condition}`, text]];
			throw new PaperlessError('invalid', `“${text}” is not a ${condition}`, {
				description: 'Enter a whole number.',
				parameter: 'dateFilters',
			});
		}
		if (condition === 'on') {
			const date = plainDate(text, label);
			return [
				[`${field}__date__gte`, date],
				[`${field}__date__lte`, date],
			];
		}
		// `created` has no time, and a value without a time means the whole day
		// (docs/paperless-api.md#date-filters).
		const isWholeDay = field === 'created' || !text.includes('T');
		return isWholeDay
			? [[`${field}__date__${condition}`, plainDate(text, label)]]
			: [[`${field}__${condition}`, instant(text, label, timeZone)]];
	});
}
