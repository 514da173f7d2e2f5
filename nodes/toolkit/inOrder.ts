import { atMost } from '../api/atMost';

/**
 * Runs `work` on everything, at most `atOnce` at a time, and returns the results in order. What has
 * equal keys runs one after the other, in order. Keys are compared by their JSON; where the key is
 * `undefined`, nothing is waited for. `work` handles its own errors.
 */
export async function inOrder<T, R>(
	all: readonly T[],
	keyOf: (one: T) => unknown,
	work: (one: T) => Promise<R>,
	atOnce: number,
): Promise<R[]> {
	const limit = atMost(atOnce);
	const latest = new Map<string, Promise<R>>();
	return await Promise.all(
		all.map((one) => {
			const key = JSON.stringify(keyOf(one));
			const before = latest.get(key);
			const begin = () => limit(() => work(one));
			const result = before ? before.then(begin) : begin();
			if (key !== undefined) latest.set(key, result);
			return result;
		}),
	);
}
