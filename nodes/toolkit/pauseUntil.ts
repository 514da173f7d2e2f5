import type { Wait } from '../api/connection';
import { explainFailure } from '../api/explainFailure';
import { abortCause } from './abortCause';
import { clock } from './clock';

/** Pauses, but throws as soon as the signal ends the work: the execution is canceled, or time is up. */
export const pauseUntil =
	(signal: AbortSignal | undefined): Wait =>
	async (milliseconds) => {
		let end = () => {};
		const aborted = new Promise<void>((resolve) => {
			end = resolve;
			signal?.addEventListener('abort', end, { once: true });
		});
		if (!signal?.aborted) await Promise.race([clock.pause(milliseconds), aborted]);
		signal?.removeEventListener('abort', end);
		const failure = abortCause(signal);
		if (failure) throw explainFailure({ method: 'GET' }, { failure, detail: '' });
	};
