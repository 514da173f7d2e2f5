import type { FailureCause } from '../api/httpTransport';

/** By the names of reasons: a deadline has passed, a body stopped coming, or it has become too large. */
const causes: Readonly<Record<string, FailureCause>> = {
	TimeoutError: 'timeout',
	NetworkError: 'interrupted',
	QuotaExceededError: 'oversized',
};

/** Why a signal ended a request; `undefined` while it did not. n8n cancels without such a reason. */
export function abortCause(signal: AbortSignal | undefined): FailureCause | undefined {
	if (!signal?.aborted) return undefined;
	const { name } = Object(signal.reason) as { name?: unknown };
	return causes[String(name)] ?? 'canceled';
}
