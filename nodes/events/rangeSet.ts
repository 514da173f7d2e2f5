type Range = readonly [from: number, to: number];

/**
 * A set of ids that is written as text, e.g. `1-5400,5402`. Ids of documents ascend and are never
 * reused, so even a large archive is a few ranges.
 */
export class RangeSet {
	private readonly ranges: readonly Range[];

	private constructor(ranges: readonly Range[]) {
		this.ranges = ranges;
	}

	static readonly empty = new RangeSet([]);

	static parse(text: string): RangeSet {
		const ranges = text
			.split(',')
			.filter(Boolean)
			.map((part): Range => {
				const [from = 0, to = from] = part.split('-').map(Number);
				return [from, to];
			});
		return new RangeSet(ranges);
	}

	has(id: number): boolean {
		let [low, high] = [0, this.ranges.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.ranges[middle]?.[1] ?? id) < id) low = middle + 1;
			else high = middle;
		}
		return (this.ranges[low]?.[0] ?? Number.POSITIVE_INFINITY) <= id;
	}

	ids(): number[] {
		return this.ranges.flatMap(([from, to]) =>
			Array.from({ length: to - from + 1 }, (_, index) => from + index),
		);
	}

	without(ids: readonly number[]): RangeSet {
		const removed = new Set(ids);
		return RangeSet.empty.with(this.ids().filter((id) => !removed.has(id)));
	}

	with(ids: Iterable<number>): RangeSet {
		const all = [...this.ranges, ...[...ids].map((id): Range => [id, id])].sort(
			(a, b) => a[0] - b[0],
		);
		const joined: Array<[number, number]> = [];
		for (const [from, to] of all) {
			const last = joined.at(-1);
			if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
			else joined.push([from, to]);
		}
		return new RangeSet(joined);
	}

	/** At most so many ranges: the gaps between the lowest ids are closed, which adds the ids in them. */
	within(maxRanges: number): RangeSet {
		const surplus = this.ranges.length - maxRanges;
		const [first] = this.ranges;
		const last = this.ranges[surplus];
		if (surplus <= 0 || first === undefined || last === undefined) return this;
		return new RangeSet([[first[0], last[1]], ...this.ranges.slice(surplus + 1)]);
	}

	toString(): string {
		return this.ranges
			.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`))
			.join(',');
	}
}
