import { sleep } from 'n8n-workflow';

/** The time and the pauses of everything that runs inside n8n. Tests replace both together. */
export const clock = {
	/** Milliseconds since 1970. */
	now: (): number => Date.now(),
	/** A signal that times out after the given milliseconds: the deadline of a client. */
	deadline: (milliseconds: number): AbortSignal => AbortSignal.timeout(milliseconds),
	pause: async (milliseconds: number): Promise<void> => await sleep(milliseconds),
};
