import type { Wait } from './connection';

type Pace = {
	/** Milliseconds before the second look. */
	first: number;
	/** Milliseconds that no pause exceeds. */
	longest: number;
	/** Milliseconds after which no further look begins. */
	timeout: number;
	/** Each pause is this many times the previous pause. */
	growth?: number;
};

/**
 * Calls `look` until it returns a value, with growing pauses. Returns `undefined` when the time is
 * up. The first look always happens, and the last one at the end of the timeout.
 */
export async function until<T>(
	{ wait, now }: { wait: Wait; now: () => number },
	look: () => Promise<T | undefined>,
	{ first, longest, timeout, growth = 1.5 }: Pace,
): Promise<T | undefined> {
	const deadline = now() + timeout;
	for (let pause = first; ; pause = Math.min(pause * growth, longest)) {
		const seen = await look();
		const left = deadline - now();
		if (seen !== undefined || left <= 0) return seen;
		await wait(Math.min(pause, left));
	}
}
