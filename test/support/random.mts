/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = seed >>> 0;
	}

	/** From 0 up to, but not including, 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number from `least` to `most`. */
	whole(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	chance(share: number): boolean {
		return this.next() < share;
	}

	one<T>(all: readonly T[]): T | undefined {
		return all[this.whole(0, all.length - 1)];
	}

	/** So many of them, each at most once. */
	some<T>(all: readonly T[], count: number): T[] {
		const left = [...all];
		const taken: T[] = [];
		while (taken.length < count && left.length > 0) {
			taken.push(...left.splice(this.whole(0, left.length - 1), 1));
		}
		return taken;
	}

	/** One of the names, each as often as its weight says. */
	weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
		const entries = Object.entries<number>(weights) as Array<[T, number]>;
		const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
		let left = this.next() * total;
		for (const [name, weight] of entries) {
			left -= weight;
			if (left < 0) return name;
		}
		return entries[0]![0];
	}
}
