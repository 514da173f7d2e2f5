import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 100_000;

export interface Waiting {
	/** What is waited for, as it is to be said when it does not come. */
	what: () => string;
	patienceMs?: number;
	everyMs?: number;
}

/** The first thing found by looking again and again; an error when nothing comes in time. */
export async function waitFor<T>(
	look: () => Promise<T | undefined>,
	{ what, patienceMs = PATIENCE_MS, everyMs = 200 }: Waiting,
): Promise<T> {
	const giveUpAt = Date.now() + patienceMs;
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() > giveUpAt) {
			throw new Error(`Waited ${Math.round(patienceMs / 1000)} s in vain for ${what()}`);
		}
		await pause(everyMs);
	}
}
