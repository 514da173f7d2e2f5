import { PaperlessError } from '../../api/errors';
import { hasTime, instant, plainDate } from '../../toolkit/dates';
import { optionsOf } from '../../toolkit/optionsOf';
import type { Parameter, ValuesOf } from '../../toolkit/parameter';
import { rowTitle } from '../../toolkit/rowTitle';
import type { FilterEntry } from './filterEntry';
import { filledValue } from './filterEntry';

const fields = {
	added: { label: 'Added' },
	created: { label: 'Created' },
	modified: { label: 'Modified' },
};

/** The numbers that a part of a date can be. A year has four digits, because 24 may be a day. */
const parts = { day: [1, 31], month: [1, 12], year: [1000, 9999] } as const;
const partNames = Object.keys(parts) as Array<keyof typeof parts>;

export const dateConditions = {
	displayName: 'Dates',
	name: 'dates',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		fixedCollection: { itemTitle: rowTitle('field', 'condition', 'date', 'number') },
	},
	placeholder: 'Add Date',
	default: { rows: [{ field: 'created', condition: 'gte', date: '' }] },
	options: [
		{
			displayName: 'Date',
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
					displayName: 'Date',
					name: 'date',
					type: 'dateTime',
					displayOptions: { hide: { condition: partNames } },
					default: '',
					description: 'A date without a time means the whole day. Created has no time.',
				},
				{
					displayName: 'Number',
					name: 'number',
					type: 'number',
					displayOptions: { show: { condition: partNames } },
					default: 1,
					description: 'The year, the month or the day of the month',
				},
			],
		},
	],
} as const satisfies Parameter;

type DateConditions = ValuesOf<readonly [typeof dateConditions]>['dates'];

/** Times without an offset are read in the workflow's time zone. */
export function dateEntries({ rows = [] }: DateConditions, timeZone: string): FilterEntry[] {
	return rows.flatMap(({ field, condition, date, number }): FilterEntry[] => {
		const { label } = fields[field];
		if (condition === 'year' || condition === 'month' || condition === 'day') {
			const [least, most] = parts[condition];
			if (Number.isInteger(number) && number >= least && number <= most)
				return [[`${field}__${condition}`, String(number)]];
			throw new PaperlessError('invalid', `“${number}” is not a ${condition}`, {
				description: `Enter a whole number from ${least} to ${most}.`,
				parameter: 'dates',
			});
		}
		const text = filledValue(date, label);
		if (condition === 'on') {
			const day = plainDate(text, label, timeZone);
			return [
				[`${field}__date__gte`, day],
				[`${field}__date__lte`, day],
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
