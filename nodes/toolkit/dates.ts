import { DateTime } from 'luxon';
import { PaperlessError } from '../api/errors';

function parsed(text: string, label: string, zone?: string): DateTime {
	const options = zone === undefined ? { setZone: true } : { zone };
	const date = DateTime.fromISO(text.trim(), options);
	if (date.isValid) return date;
	throw new PaperlessError('invalid', `“${label}” is not a date`, {
		description: `Received “${text}”. Write it as 2024-05-31, or as 2024-05-31T12:00:00 with a time.`,
	});
}

/**
 * `YYYY-MM-DD` as written, whatever the time zone: the server would shift a time
 * (docs/paperless-api.md#creation-time-zone).
 */
export const plainDate = (text: string, label: string): string =>
	parsed(text, label).toISODate() ?? '';

/** An instant in UTC. Text without an offset is read in the workflow's time zone. */
export const instant = (text: string, label: string, timeZone: string): string =>
	parsed(text, label, timeZone).toUTC().toISO() ?? '';
