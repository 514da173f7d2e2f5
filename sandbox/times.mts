import { isCalendarDay, wrong } from './fields.mts';
import type { Check } from './fields.mts';
import type { Profile } from './profiles.mts';

const pattern =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * An ISO date or time in the form of the store: UTC with six decimals, so texts can be compared.
 */
export function toTimestamp(text: string): string | undefined {
	const [, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
		pattern.exec(text.trim()) ?? [];
	if (day === undefined || !isCalendarDay(day)) return undefined;
	const offset = zone === 'Z' ? zone : zone.length === 3 ? `${zone}:00` : zone;
	const time = Date.parse(
		`${day}T${hour}:${minute}:${second}${offset.replace(/^(...)(\d)/, '$1:$2')}`,
	);
	if (Number.isNaN(time)) return undefined;
	const micros = fraction.slice(0, 6).padEnd(6, '0');
	return `${new Date(time).toISOString().slice(0, 19)}.${micros}Z`;
}

export const instant: Check = (value) =>
	toTimestamp(String(value)) ??
	wrong(
		'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
	);

export const midnight = (day: string): string => `${day}T00:00:00.000000Z`;

/** Documents have a date. Only 2.15 stores a time. */
export const createdAt = (timestamp: string, { createdIsDate }: Profile): string =>
	createdIsDate ? midnight(dayOf(timestamp)) : timestamp;

/** Python omits a fraction of zero. */
export const isoTime = (timestamp: string): string => timestamp.replace('.000000', '');

export const toTheSecond = (timestamp: string): string => `${timestamp.slice(0, 19)}.000000Z`;

export const dayOf = (timestamp: string): string => timestamp.slice(0, 10);

export const seconds = (from: string, to: string): number =>
	Math.max(0, (micros(to) - micros(from)) / 1e6);

const micros = (timestamp: string): number =>
	Date.parse(`${timestamp.slice(0, 23)}Z`) * 1000 + Number(timestamp.slice(23, 26));
