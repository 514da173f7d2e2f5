/**
 * Microseconds since 1970 of a server's time stamp. JavaScript's own dates keep milliseconds,
 * and a stamp that is cut to them finds the same document again (paperless-api §6).
 */
export function microsecondsOf(stamp: string): bigint {
	const [, whole = '', fraction = '', zone = 'Z'] =
		/^(.*?T\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/.exec(stamp) ?? [];
	const milliseconds = Date.parse(`${whole}${zone}`);
	if (Number.isNaN(milliseconds)) throw new Error(`“${stamp}” is not a time stamp`);
	return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

/** The same as the server takes it, in UTC with all of its microseconds. */
export function stampOf(microseconds: bigint): string {
	const rest = ((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
	const seconds = Number((microseconds - rest) / 1000n);
	const whole = new Date(seconds).toISOString().slice(0, 19);
	return `${whole}.${String(rest).padStart(6, '0')}Z`;
}

/** In milliseconds, as n8n's clock counts. */
export const minute = 60_000;
export const hour = 60 * minute;

/** In milliseconds. A clock that was ahead once must not keep anything from being done until then. */
export const hasPassed = (interval: number, since: number, now: number): boolean =>
	Math.abs(now - since) >= interval;
