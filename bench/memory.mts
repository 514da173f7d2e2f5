import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const sampleEveryMs = 10;
const { clearRefs, status } = { clearRefs: '/proc/self/clear_refs', status: '/proc/self/status' };
const resetPeak = '5';
const kernelKeepsPeak = existsSync(clearRefs);

function peakOfKernel(): number {
	const [, kilobytes] = /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, 'utf8')) ?? [];
	return Number(kilobytes ?? 0) * 1024;
}

/** Resident memory after a garbage collection, in bytes. Needs `--expose-gc`. */
export function restingMemory(): number {
	for (let round = 0; round < 3; round++) global.gc?.();
	return process.memoryUsage.rss();
}

/** Linux records the peak itself, at no cost and even while JavaScript is busy. */
async function withKernelPeak<T>(work: () => Promise<T>): Promise<{ result: T; peak: number }> {
	writeFileSync(clearRefs, resetPeak);
	const result = await work();
	return { result, peak: peakOfKernel() };
}

async function withSampledPeak<T>(work: () => Promise<T>): Promise<{ result: T; peak: number }> {
	let peak = process.memoryUsage.rss();
	const sample = () => (peak = Math.max(peak, process.memoryUsage.rss()));
	const timer = setInterval(sample, sampleEveryMs);
	try {
		const result = await work();
		return { result, peak: sample() };
	} finally {
		clearInterval(timer);
	}
}

/** Runs the work and returns its result with the highest resident memory meanwhile, in bytes. */
export const withPeak = kernelKeepsPeak ? withKernelPeak : withSampledPeak;
