/**
 * A controller that a signal aborts too. `unlink` frees it from a signal that lives longer, such as
 * that of an execution with thousands of requests.
 */
export function linkedController(signal: AbortSignal | undefined): {
	controller: AbortController;
	unlink: () => void;
} {
	const controller = new AbortController();
	const follow = () => controller.abort(signal?.reason);
	if (signal?.aborted) follow();
	else signal?.addEventListener('abort', follow, { once: true });
	return { controller, unlink: () => signal?.removeEventListener('abort', follow) };
}
