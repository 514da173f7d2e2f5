/** Characters. Stamps are saved between polls, so a longer text must not pass for one. */
const longest = 40;

const notStamp = (text: string) => new Error(`“${text.slice(0, longest)}” is not a time stamp`);

/**
 * Microseconds since 1970 of a time stamp of the server. JavaScript dates keep milliseconds only,
 * and a stamp that is cut to milliseconds finds the same document again
 * (docs/paperless-api.md#microseconds).
 */
export function microsecondsOf(stamp: string): bigint {
	if (stamp.length > longest) throw notStamp(stamp);
	const [, whole = '', fraction = '', zone = 'Z'] =
		/^(.*?T\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/.exec(stamp) ?? [];
	const milliseconds = Date.parse(`${whole}${zone}`);
	if (Number.isNaN(milliseconds)) throw notStamp(stamp);
	return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

/** The reverse of `microsecondsOf`: a stamp as the server accepts it, in UTC with six decimals. */
export function stampOf(microseconds: bigint): string {
	const fraction = ((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
	const milliseconds = Number((microseconds - fraction) / 1000n);
	const whole = new Date(milliseconds).toISOString().slice(0, 19);
	return `${whole}.${String(fraction).padStart(6, '0')}Z`;
}
