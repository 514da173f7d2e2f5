import { DateTime } from 'luxon';
import { abridge } from '../api/abridge';
import { isRecord } from '../api/json';
import { PaperlessError } from '../api/errors';

const day = /^(\d{4}-\d{2}-\d{2}|\d{8})$/;
const dayAndTime =
	/^(?:\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?|\d{8}T\d{6})\s?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
/** From 1973 to the year 9999; shorter numbers could be seconds, years or days. */
const milliseconds = /^\d{12,15}$/;

const forms =
	'Write it as 2024-05-31, or as 2024-05-31T12:00:00 with a time and, if needed, with Z or an offset such as +02:00. A date object and milliseconds since 1970 are accepted as well.';

/**
 * The text of a date object: a JavaScript date, also of another realm, or a luxon date, which keeps
 * its offset. `undefined` for anything else and for an invalid date.
 */
export function dateObjectText(value: unknown): string | undefined {
	if (Object.prototype.toString.call(value) === '[object Date]') {
		const date = DateTime.fromMillis((value as Date).getTime(), { zone: 'utc' });
		return date.isValid ? (date.toISO() ?? undefined) : undefined;
	}
	if (!isRecord(value) || typeof value.toISO !== 'function') return undefined;
	const text: unknown = value.toISO();
	return typeof text === 'string' ? text : undefined;
}

/** Whether a text has a time beside its date. */
export const hasTime = (text: string): boolean => !day.test(text.trim());

function read(text: string, timeZone: string): DateTime | undefined {
	if (milliseconds.test(text)) return DateTime.fromMillis(Number(text), { zone: timeZone });
	if (day.test(text)) return DateTime.fromISO(text, { zone: timeZone });
	const offset = dayAndTime.exec(text);
	if (offset === null) return undefined;
	// “Z” marks an instant, which falls on a day of the workflow. Any other offset was written on purpose.
	const isInstant = offset[1] === undefined || offset[1].toUpperCase() === 'Z';
	const iso = text.replace(/^(\S+)[ ](?=\d)/, '$1T').replace(/\s/, '');
	return DateTime.fromISO(iso, isInstant ? { zone: timeZone } : { setZone: true });
}

function parsed(value: unknown, label: string, timeZone: string): DateTime {
	const text = dateObjectText(value) ?? String(value);
	const date = read(text.trim(), timeZone);
	if (date?.isValid && date.year >= 1 && date.year <= 9999) return date;
	throw new PaperlessError('invalid', `“${label}” is not a date`, {
		description: `Received “${abridge(text)}”. ${forms}`,
	});
}

/**
 * `YYYY-MM-DD`. A date and a time with an offset stay as written, because the server would shift a
 * time (docs/paperless-api.md#creation-time-zone). An instant is the day in the workflow's time
 * zone. Throws an error of the kind `invalid` for anything that is not a whole date.
 */
export const plainDate = (value: unknown, label: string, timeZone: string): string =>
	parsed(value, label, timeZone).toISODate() ?? '';

/** An instant in UTC. Text without an offset is read in the workflow's time zone. */
export const instant = (value: unknown, label: string, timeZone: string): string =>
	parsed(value, label, timeZone).toUTC().toISO() ?? '';

/** The same for an instant that is still to come. Throws an error of the kind `invalid` for any other. */
export function futureInstant(
	value: unknown,
	label: string,
	{ now, timeZone }: { now: number; timeZone: string },
): string {
	const date = parsed(value, label, timeZone);
	if (date.toMillis() > now) return date.toUTC().toISO() ?? '';
	const local = date.setZone(timeZone).toFormat('yyyy-MM-dd HH:mm');
	throw new PaperlessError('invalid', `“${label}” is in the past`, {
		description: `It is ${local} in the time zone of the workflow (${timeZone}). A date without a time is the beginning of the day.`,
	});
}
