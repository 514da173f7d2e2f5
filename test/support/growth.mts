/** Milliseconds. Below this, work goes unnoticed, however fast it grows. */
const unnoticed = 250;

/** Milliseconds. Above this, work blocks n8n for too long, however slowly it grows. */
const blocking = 10_000;

/** Milliseconds of processor time, to which other processes on a busy machine add nothing. */
function timeOf(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	return process.cpuUsage(before).user / 1000;
}

/**
 * By which factor the time grows when the work doubles: 2 for linear time, 4 for quadratic time, and
 * 1 for work that goes unnoticed at every size. Infinite for work that blocks. The least of several factors counts, because a
 * collection of garbage may fall into one of them.
 */
export function growthOf(workOf: (size: number) => () => unknown, largest: number): number {
	for (const size of [largest / 256, largest / 32, largest / 8, largest / 2, largest]) {
		const work = workOf(size);
		const time = timeOf(work);
		if (time > blocking) return Number.POSITIVE_INFINITY;
		if (time <= unnoticed) continue;
		const half = workOf(size / 2);
		return Math.min(...[1, 2, 3].map(() => timeOf(work) / timeOf(half)));
	}
	return 1;
}
