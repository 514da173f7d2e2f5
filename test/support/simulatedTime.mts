type Follow = (lead: number) => Promise<void>;

type Pause = { due: number; end: () => void };

/**
 * Time in which a pause takes no time: it is the machine's, plus a lead that grows by whatever
 * somebody pauses for. Servers follow, so that the same time passes for them.
 */
class SimulatedTime {
	/** Milliseconds. */
	lead = 0;
	readonly followers = new Set<Follow>();
	private readonly pauses = new Set<Pause>();
	private readonly deadlines = new Set<Pause>();
	private isRunning = false;

	now(): number {
		return Date.now() + this.lead;
	}

	async pause(milliseconds: number): Promise<void> {
		await new Promise<void>((end) => {
			this.pauses.add({ due: this.now() + milliseconds, end });
			if (!this.isRunning) void this.run();
		});
	}

	/** A signal that times out when somebody has paused for that long in all. */
	deadline(milliseconds: number): AbortSignal {
		const controller = new AbortController();
		const end = () => controller.abort(new DOMException('Time is up', 'TimeoutError'));
		this.deadlines.add({ due: this.now() + milliseconds, end });
		return controller.signal;
	}

	private endDeadlines(): void {
		for (const deadline of [...this.deadlines].filter(({ due }) => due <= this.now())) {
			this.deadlines.delete(deadline);
			deadline.end();
		}
	}

	/** Ends the shortest pause first, after giving everything else that is about to pause a moment. */
	private async run(): Promise<void> {
		this.isRunning = true;
		while (this.pauses.size > 0) {
			await new Promise((resolve) => {
				setTimeout(resolve, 1);
			});
			const [next] = [...this.pauses].sort((a, b) => a.due - b.due);
			if (next === undefined) continue;
			this.lead = Math.max(this.lead, next.due - Date.now());
			await Promise.all([...this.followers].map(async (follow) => await follow(this.lead)));
			this.pauses.delete(next);
			this.endDeadlines();
			next.end();
		}
		this.isRunning = false;
	}
}

/** The time of one test file. */
export const simulatedTime = new SimulatedTime();
