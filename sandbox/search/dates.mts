/** A period of time, from its first millisecond to the first millisecond after it. */
export type Period = { from: number; to: number };

const DAY = 86_400_000;
const MONTHS =
	'january february march april may june july august september october november december';
const UNITS: [RegExp, 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'][] = [
	[/^(years?|yrs?|ys?)$/, 'year'],
	[/^(months?|mons?|mos?)$/, 'month'],
	[/^(weeks?|wks?|ws?)$/, 'week'],
	[/^(days?|dys?|ds?)$/, 'day'],
	[/^(hours?|hrs?|hs?)$/, 'hour'],
	[/^(minutes?|mins?|ms?)$/, 'minute'],
	[/^(seconds?|secs?|s)$/, 'second'],
];

/** The year, month, day, hour, minute or second that the digits name, as a period. */
export function digits(value: string): Period | null {
	const match = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?$/.exec(value);
	if (match === null) return null;
	const parts = match
		.slice(1)
		.filter((part) => part !== undefined)
		.map(Number);
	const at = (step: number) => {
		const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(
			(part, index) => (index === parts.length - 1 ? part + step : part),
		);
		return Date.UTC(year, month - 1, day, hour, minute, second);
	};
	const written = new Date(at(0)).toISOString().replace(/\D/g, '').slice(0, value.length);
	return written === value ? { from: at(0), to: at(1) } : null;
}

export function moment(at: number): Period {
	return { from: at, to: at + 1 };
}

export function keyword(value: string, now: number): Period | null {
	const day = now - (now % DAY);
	const today = new Date(day);
	const month = (year: number, index: number, length = 1): Period => ({
		from: Date.UTC(year, index, 1),
		to: Date.UTC(year, index + length, 1),
	});
	const [year, index] = [today.getUTCFullYear(), today.getUTCMonth()];
	const monday = day - ((today.getUTCDay() + 6) % 7) * DAY;
	switch (value.toLowerCase()) {
		case 'today':
			return { from: day, to: day + DAY };
		case 'yesterday':
			return { from: day - DAY, to: day };
		case 'previous week':
			return { from: monday - 7 * DAY, to: monday };
		case 'this month':
			return month(year, index);
		case 'previous month':
			return month(year, index - 1);
		case 'previous quarter':
			return month(year, index - (index % 3) - 3, 3);
		case 'this year':
			return month(year, 0, 12);
		case 'previous year':
			return month(year - 1, 0, 12);
		default:
			return null;
	}
}

/** `now`, `-7 days`, `+1 week`. */
export function relative(value: string, now: number): number | null {
	if (value.toLowerCase() === 'now') return now;
	const match = /^([+-])(\d+)\s*([a-z]+)$/i.exec(value);
	const unit = UNITS.find(([spelling]) => spelling.test(match?.[3]?.toLowerCase() ?? ''))?.[1];
	if (match === null || unit === undefined) return null;
	const count = Number(`${match[1]}${match[2]}`);
	const date = new Date(now);
	if (unit === 'year') date.setUTCFullYear(date.getUTCFullYear() + count);
	else if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + count);
	else {
		const length = { second: 1000, minute: 60_000, hour: 3_600_000, day: DAY, week: 7 * DAY }[unit];
		date.setTime(now + count * length);
	}
	return Number.isNaN(date.getTime()) ? null : date.getTime();
}

/** `18 April 2024`, `April 18, 2024`, `April 2024`, as 2.x reads them. */
export function written(value: string): Period | null {
	const match =
		/^(?:(\d{1,2})(?:st|nd|rd|th)?[\s,]+)?([a-z]+)(?:[\s,]+(\d{1,2})(?:st|nd|rd|th)?)?[\s,]+(\d{4})$/i.exec(
			value,
		);
	if (match === null) return null;
	const name = match[2]!.toLowerCase();
	const month = MONTHS.split(' ').findIndex((long) => long === name || long.slice(0, 3) === name);
	const two = (part: number | string) => String(part).padStart(2, '0');
	const day = match[1] ?? match[3];
	return month < 0
		? null
		: digits(`${match[4]}${two(month + 1)}${day === undefined ? '' : two(day)}`);
}
