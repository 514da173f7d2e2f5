import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

const sampleMs = 1000;
const quietShare = 0.2;

export const processors = cpus().length;

function processorTimes(): { idle: number; total: number } {
	let [idle, total] = [0, 0];
	for (const { times } of cpus()) {
		idle += times.idle;
		total += times.user + times.nice + times.sys + times.idle + times.irq;
	}
	return { idle, total };
}

/** Waits for a second and returns the share of all processors in use meanwhile, from 0 to 1. */
export async function busyShare(): Promise<number> {
	const before = processorTimes();
	await wait(sampleMs);
	const after = processorTimes();
	return 1 - (after.idle - before.idle) / (after.total - before.total);
}

/** How busy other programs kept the machine before and after the measurements, from 0 to 1. */
export type Machine = { processors: number; busyBefore: number; busyAfter: number };

export const isQuiet = ({ busyBefore, busyAfter }: Machine): boolean =>
	Math.max(busyBefore, busyAfter) <= quietShare;
