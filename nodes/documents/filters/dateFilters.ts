import { PaperlessError } from '../../api/errors';
import { hasTime, instant, plainDate } from '../../toolkit/dates';
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
	rejectsEmpty: true,
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

/** The numbers that a part of a date can be. A year has four digits, because 24 may be a day. */
const numberRanges = { day: [1, 31], month: [1, 12], year: [1000, 9999] } as const;

type DateFilters = ValuesOf<readonly [typeof dateFilters]>['dateFilters'];

/** Times without an offset are read in the workflow's time zone. */
export function dateEntries({ rows = [] }: DateFilters, timeZone: string): FilterEntry[] {
	return rows.flatMap(({ field, condition, value }): FilterEntry[] => {
		const { label } = fields[field];
		const text = filledValue(value, label);
		if (condition === 'year' || condition === 'month' || condition === 'day') {
			const [least, most] = numberRanges[condition];
			const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
			if (number >= least && number <= most) return [[`${field}__${condition}`, String(number)]];
			throw new PaperlessError('invalid', `“${text}” is not a ${condition}`, {
				description: `Enter a whole number from ${least} to ${most}.`,
				parameter: 'dateFilters',
			});
		}
		if (condition === 'on') {
			const date = plainDate(text, label, timeZone);
			return [
				[`${field}__date__gte`, date],
				[`${field}__date__lte`, date],
			];
		}
		// `created` has no time, and a value without a time means the whole day
		// (docs/paperless-api.md#date-filters).
		const isWholeDay = field === 'created' || !hasTime(text);
		return isWholeDay
			? [[`${field}__date__${condition}`, plainDate(text, label, timeZone)]]
			: [[`${field}__${condition}`, instant(text, label, timeZone)]];
	});
}
