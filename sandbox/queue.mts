import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from './clock.mts';

type Work = () => void | Promise<void>;

/** The server's one worker, which takes one task after the other. */
export class Queue {
	readonly #clock: Clock;
	#last: Promise<void> = Promise.resolve();
	#tasks = 0;
	#isWaiting = false;
	#isHeld = false;
	/** Opens the gate at which the worker stands. */
	#open: (() => void) | undefined;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	add(work: Work): void {
		this.#tasks += 1;
		this.#last = this.#last.then(work).finally(() => {
			this.#tasks -= 1;
		});
	}

	/** Called by a task: takes this much time, and longer while the queue is held. */
	async pass(seconds: number): Promise<void> {
		this.#isWaiting = true;
		await this.#clock.sleep(seconds);
		if (this.#isHeld) {
			await new Promise<void>((resolve) => {
				this.#open = resolve;
			});
		}
		this.#isWaiting = false;
	}

	/** From now on every task stops where it takes time. */
	hold(): void {
		this.#isHeld = true;
	}

	/** Lets a held task go on to the next place where it takes time. */
	async step(): Promise<void> {
		await this.settled();
		this.#open?.();
		this.#open = undefined;
		await this.settled();
	}

	release(): void {
		this.#isHeld = false;
		this.#open?.();
		this.#open = undefined;
	}

	/** Resolves when the worker waits or has nothing to do. */
	async settled(): Promise<void> {
		// A task that was just woken still counts as waiting until its turn comes.
		do await nextTurn();
		while (this.#tasks > 0 && !this.#isWaiting);
	}

	/** Resolves when nothing is left to do, also of what tasks have added. */
	async idle(): Promise<void> {
		while (this.#tasks > 0) await this.#last;
	}

	/** Resolves when everything is done that is in the queue now. */
	async done(): Promise<void> {
		await this.#last;
	}
}
