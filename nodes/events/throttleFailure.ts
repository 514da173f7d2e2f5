import { hasPassed, hour } from './stamps';

/** A failing server, as remembered between polls. */
export type Failure = {
	message: string;
	/** Times by n8n's clock in milliseconds. */
	reportedAt: number;
	/** How long the same failure is kept quiet. */
	quiet: number;
};

const longestQuiet = 24 * hour;

/** The first time it is reported, then after an hour, two, four … up to a day; another failure at once. */
export function report(
	before: Failure | undefined,
	message: string,
	now: number,
): { tell: boolean; failure: Failure } {
	if (before?.message !== message) {
		return { tell: true, failure: { message, reportedAt: now, quiet: hour } };
	}
	if (!hasPassed(before.quiet, before.reportedAt, now)) return { tell: false, failure: before };
	const quiet = Math.min(before.quiet * 2, longestQuiet);
	return { tell: true, failure: { message, reportedAt: now, quiet } };
}
