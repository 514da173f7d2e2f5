import { day, hasPassed, hour } from './hasPassed';

/** A failure that lasts, as remembered between polls. */
export type Failure = {
	message: string;
	/** By n8n's clock, in milliseconds. */
	reportedAt: number;
	/** Milliseconds for which the same failure is not reported again. */
	quiet: number;
};

/**
 * Reports a failure at once when its message is new, and the same one again after an hour, two,
 * four … up to a day. `now` is n8n's clock in milliseconds.
 */
export function throttleFailure(
	before: Failure | undefined,
	message: string,
	now: number,
): { isReported: boolean; failure: Failure } {
	if (before?.message !== message) {
		return { isReported: true, failure: { message, reportedAt: now, quiet: hour } };
	}
	if (!hasPassed(before.quiet, before.reportedAt, now)) {
		return { isReported: false, failure: before };
	}
	const quiet = Math.min(before.quiet * 2, day);
	return { isReported: true, failure: { message, reportedAt: now, quiet } };
}
