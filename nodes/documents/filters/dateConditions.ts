import { PaperlessError } from '../../api/errors';
import { hasTime, instant, plainDate } from '../../toolkit/dates';
import { optionsOf, rowsOf } from '../../toolkit/optionsOf';
import type { Parameter, ValuesOf } from '../../toolkit/parameter';
import type { Today } from '../../toolkit/periods';
import { lastDays } from '../../toolkit/periods';
import { rowTitle } from '../../toolkit/rowTitle';
import type { FilterEntry } from './filterEntry';
import { filledValue } from './filterEntry';
import { between } from './periodFilters';

const fields = {
	added: { label: 'Added' },
	created: { label: 'Created' },
	modified: { label: 'Modified' },
};

/** What a condition can have as its number. A year has four digits, because 24 may be a day. */
const numbers = {
	day: { noun: 'day', least: 1, most: 31 },
	lastDays: { noun: 'number of days', least: 1, most: 36_525 },
	month: { noun: 'month', least: 1, most: 12 },
	year: { noun: 'year', least: 1000, most: 9999 },
};

const numbered = rowsOf(numbers).map(([name]) => name);

const isNumbered = (condition: string): condition is keyof typeof numbers =>
	Object.hasOwn(numbers, condition);

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
						{ name: 'In the Last Days', value: 'lastDays' },
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
					displayOptions: { hide: { condition: numbered } },
					default: '',
					description: 'A date without a time means the whole day. Created has no time.',
				},
				{
					displayName: 'Number',
					name: 'number',
					type: 'number',
					displayOptions: { show: { condition: numbered } },
					default: 1,
					description: 'The year, the month, the day of the month or how many days',
				},
			],
		},
	],
} as const satisfies Parameter;

type DateConditions = ValuesOf<readonly [typeof dateConditions]>['dates'];

function checked(condition: keyof typeof numbers, number: number): number {
	const { noun, least, most } = numbers[condition];
	if (Number.isInteger(number) && number >= least && number <= most) return number;
	throw new PaperlessError('invalid', `“${number}” is not a ${noun}`, {
		description: `Enter a whole number from ${least} to ${most}.`,
		parameter: 'dates',
	});
}

/** Times without an offset are read in the workflow's time zone. */
export function dateEntries({ rows = [] }: DateConditions, today: Today): FilterEntry[] {
	const { timeZone } = today;
	return rows.flatMap(({ field, condition, date, number }): FilterEntry[] => {
		const { label } = fields[field];
		if (isNumbered(condition)) {
			const count = checked(condition, number);
			return condition === 'lastDays'
				? between(field, lastDays(count, today))
				: [[`${field}__${condition}`, String(count)]];
		}
		const text = filledValue(date, label);
		if (condition === 'on') {
			const day = plainDate(text, label, timeZone);
			return between(field, [day, day]);
		}
		// `created` has no time, and a value without a time means the whole day
		// (docs/paperless-api.md#date-filters).
		const isWholeDay = field === 'created' || !hasTime(text);
		return isWholeDay
			? [[`${field}__date__${condition}`, plainDate(text, label, timeZone)]]
			: [[`${field}__${condition}`, instant(text, label, timeZone)]];
	});
}
