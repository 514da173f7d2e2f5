import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from './clock.mts';

type Work = () => void | Promise<void>;

/** The server's workers. Each takes one task after the other. */
export class Queue {
	readonly #clock: Clock;
	readonly #workers: () => number;
	readonly #tasks = new Set<Promise<void>>();
	/** The first task that no worker has taken yet comes first. */
	readonly #turns: (() => void)[] = [];
	#running = 0;
	#waiting = 0;
	#isHeld = false;
	/** Open the gates at which workers stand. */
	readonly #gates: (() => void)[] = [];

	constructor(clock: Clock, workers: () => number) {
		this.#clock = clock;
		this.#workers = workers;
	}

	add(work: Work): void {
		const turn = new Promise<void>((resolve) => this.#turns.push(resolve));
		this.#takeTurns();
		const task = turn.then(work).finally(() => {
			this.#tasks.delete(task);
			this.#running -= 1;
			this.#takeTurns();
		});
		this.#tasks.add(task);
	}

	#takeTurns(): void {
		while (this.#running < this.#workers() && this.#turns.length > 0) {
			this.#running += 1;
			this.#turns.shift()?.();
		}
	}

	/** Called by a task: takes this much time, and longer while the queue is held. */
	async pass(seconds: number): Promise<void> {
		this.#waiting += 1;
		await this.#clock.sleep(seconds);
		if (this.#isHeld) await new Promise<void>((resolve) => this.#gates.push(resolve));
		this.#waiting -= 1;
	}

	/** From now on every task stops where it takes time. */
	hold(): void {
		this.#isHeld = true;
	}

	/** Lets held tasks go on to the next place where they take time. */
	async step(): Promise<void> {
		await this.settled();
		this.#open();
		await this.settled();
	}

	release(): void {
		this.#isHeld = false;
		this.#open();
	}

	#open(): void {
		for (const open of this.#gates.splice(0)) open();
	}

	/** Resolves when all workers wait or have nothing to do. */
	async settled(): Promise<void> {
		// A task that was just woken still counts as waiting until its turn comes.
		do await nextTurn();
		while (this.#running > this.#waiting);
	}

	/** Resolves when nothing is left to do, also of what tasks have added. */
	async idle(): Promise<void> {
		while (this.#tasks.size > 0) await this.done();
	}

	/** Resolves when everything is done that is in the queue now. */
	async done(): Promise<void> {
		await Promise.all(this.#tasks);
	}
}
