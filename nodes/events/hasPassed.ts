/** In milliseconds, like n8n's clock. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/**
 * Whether an interval lies between two times, all in milliseconds. The order of the times does not
 * matter: after a clock that ran ahead is corrected, nothing waits until that time comes again.
 */
export const hasPassed = (interval: number, since: number, now: number): boolean =>
	Math.abs(now - since) >= interval;
