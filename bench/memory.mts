import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const sampleEveryMs = 10;
const { clearRefs, status } = { clearRefs: '/proc/self/clear_refs', status: '/proc/self/status' };
const resetPeak = '5';

/** Linux keeps the highest value itself and misses none while JavaScript is busy. */
function peakOfKernel(): number {
	const [, kilobytes] = /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, 'utf8')) ?? [];
	return Number(kilobytes ?? 0) * 1024;
}

export function restingMemory(): number {
	for (let round = 0; round < 3; round++) global.gc?.();
	return process.memoryUsage.rss();
}

/** Runs the work and says the highest resident memory meanwhile, in bytes. */
export async function withPeak<T>(work: () => Promise<T>): Promise<{ result: T; peak: number }> {
	const hasKernel = existsSync(clearRefs);
	if (hasKernel) writeFileSync(clearRefs, resetPeak);
	let peak = process.memoryUsage.rss();
	const timer = setInterval(
		() => (peak = Math.max(peak, process.memoryUsage.rss())),
		sampleEveryMs,
	);
	try {
		const result = await work();
		peak = Math.max(peak, process.memoryUsage.rss(), hasKernel ? peakOfKernel() : 0);
		return { result, peak };
	} finally {
		clearInterval(timer);
	}
}
