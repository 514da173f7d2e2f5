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
		return this.ranges.some(([from, to]) => from <= id && id <= to);
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

	toString(): string {
		return this.ranges
			.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`))
			.join(',');
	}
}
