import type { Clocks } from '../events/cursor';
import type { Context } from '../toolkit/operation';

/** Replies show the server's clock in whole seconds; up to one more second has begun since. */
export const clocksOf = ({ api: { serverTime }, now }: Context): Clocks => ({
	now: now(),
	serverNow: serverTime === undefined ? undefined : BigInt(serverTime + 1000) * 1000n,
});
