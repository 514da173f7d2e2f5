import { isCalendarDay } from './fields.mts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The server reads all dates as day, month, year, even those that begin with the year. It first
 * takes any word before a year for a month, so it does not recognize `due 2024-10-01`.
 */
const written =
	/\b(?:(?<day>\d{1,2})[./-](?<month>\d{1,2})[./-](?<year>\d{4}|\d{2})|(?<year2>\d{4})[./-](?<day2>\d{1,2})[./-](?<month2>\d{1,2})|(?<day3>\d{1,2})[. ]+(?<name>[a-z]{3,9})\.? (?<year3>\d{4})|(?<name2>[a-z]{3,9}) (?<day4>\d{1,2}), (?<year4>\d{4})|(?<name3>[a-z]{3,9}) (?<year5>\d{4}))\b/gi;

/** The past days in a text, in the order of the text. */
export function datesIn(text: string, today: string): string[] {
	const days = [...text.matchAll(written)].map(({ groups = {} }) => {
		const day = groups['day'] ?? groups['day2'] ?? groups['day3'] ?? groups['day4'] ?? '01';
		const year =
			groups['year'] ??
			groups['year2'] ??
			groups['year3'] ??
			groups['year4'] ??
			groups['year5'] ??
			'';
		const name = (groups['name'] ?? groups['name2'] ?? groups['name3'] ?? '')
			.slice(0, 3)
			.toLowerCase();
		const month = groups['month'] ?? groups['month2'] ?? String(months.indexOf(name) + 1);
		return `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	});
	return [...new Set(days)].filter((day) => isCalendarDay(day) && day > '1900' && day <= today);
}
