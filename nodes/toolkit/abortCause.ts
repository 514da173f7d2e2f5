import type { FailureCause } from '../api/httpTransport';

/** Why a signal ended a request: `undefined` while it did not. A deadline is a signal that times out. */
export function abortCause(
	signal: AbortSignal | undefined,
): Extract<FailureCause, 'canceled' | 'timeout'> | undefined {
	if (!signal?.aborted) return undefined;
	const { name } = Object(signal.reason) as { name?: unknown };
	return name === 'TimeoutError' ? 'timeout' : 'canceled';
}
