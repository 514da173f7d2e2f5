import { DateTime } from 'luxon';

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';
type Period = { label: string; unit: Unit; ago: 0 | 1 };

/** Periods around today, in the words of the web interface. A week begins on Monday. */
export const periods = {
	previousMonth: { label: 'Previous Month', unit: 'month', ago: 1 },
	previousQuarter: { label: 'Previous Quarter', unit: 'quarter', ago: 1 },
	previousWeek: { label: 'Previous Week', unit: 'week', ago: 1 },
	previousYear: { label: 'Previous Year', unit: 'year', ago: 1 },
	thisMonth: { label: 'This Month', unit: 'month', ago: 0 },
	thisYear: { label: 'This Year', unit: 'year', ago: 0 },
	today: { label: 'Today', unit: 'day', ago: 0 },
	yesterday: { label: 'Yesterday', unit: 'day', ago: 1 },
} as const satisfies Record<string, Period>;

export type PeriodName = keyof typeof periods;

/** The time of the run, in milliseconds since 1970, and the time zone in which a day begins. */
export type Today = { now: number; timeZone: string };

const dateAt = ({ now, timeZone }: Today) => DateTime.fromMillis(now, { zone: timeZone });

const days = (first: DateTime, last: DateTime) =>
	[first.toISODate() ?? '', last.toISODate() ?? ''] as const;

/** The first and the last day of a period. */
export function daysOf(name: PeriodName, today: Today): readonly [string, string] {
	const { unit, ago }: Period = periods[name];
	const inside = dateAt(today).minus({ [unit]: ago });
	return days(inside.startOf(unit), inside.endOf(unit));
}

/** The day so many days ago, and today. */
export const lastDays = (count: number, today: Today): readonly [string, string] =>
	days(dateAt(today).minus({ days: count }), dateAt(today));
