interface Sleeper {
	/** Milliseconds since 1970, by the clock that it sleeps by. */
	due: number;
	timer: NodeJS.Timeout | undefined;
	wake: () => void;
}

/** The server's time: the machine's, plus a lead. With the lead grows the time that has passed. */
export class Clock {
	#lead: number;
	readonly #sleepers = new Set<Sleeper>();

	/** `lead` in milliseconds. */
	constructor(lead = 0) {
		this.#lead = lead;
	}

	get lead(): number {
		return this.#lead;
	}

	/** Milliseconds since 1970. */
	now(): number {
		return Date.now() + this.#lead;
	}

	/** Resolves when this much time has passed, and early when the signal is aborted. */
	async sleep(seconds: number, signal?: AbortSignal): Promise<void> {
		if (seconds <= 0 || signal?.aborted) return;
		await new Promise<void>((resolve) => {
			const wake = (): void => {
				clearTimeout(sleeper.timer);
				this.#sleepers.delete(sleeper);
				signal?.removeEventListener('abort', wake);
				resolve();
			};
			const sleeper: Sleeper = { due: this.now() + seconds * 1000, timer: undefined, wake };
			this.#sleepers.add(sleeper);
			signal?.addEventListener('abort', wake);
			this.#setTimer(sleeper);
		});
	}

	/**
	 * Lets time pass at once. Sleepers wake one after the other, each at its time, and the next one
	 * wakes only when `settled` says that the work of the one before is done or sleeps again.
	 */
	async advanceTo(lead: number, settled: () => Promise<void>): Promise<void> {
		await settled();
		for (;;) {
			const next = [...this.#sleepers].toSorted((a, b) => a.due - b.due)[0];
			if (next === undefined || next.due > Date.now() + lead) break;
			this.#lead = Math.max(this.#lead, next.due - Date.now());
			next.wake();
			await settled();
		}
		this.#lead = Math.max(this.#lead, lead);
		for (const sleeper of this.#sleepers) this.#setTimer(sleeper);
	}

	#setTimer(sleeper: Sleeper): void {
		clearTimeout(sleeper.timer);
		sleeper.timer = setTimeout(sleeper.wake, Math.max(sleeper.due - this.now(), 0)).unref();
	}
}
