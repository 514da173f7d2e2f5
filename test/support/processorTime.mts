/** Milliseconds of processor time that work takes, to which other processes add nothing. */
export async function processorTime(work: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await work();
	return process.cpuUsage(before).user / 1000;
}
