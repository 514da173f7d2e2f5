import type { Extras } from './task.mts';

/** The results of one case. Bytes and milliseconds. */
export type Figures = {
	requests: number;
	sent: number;
	received: number;
	/** Medians of the timed runs. */
	time: number;
	floorTime: number;
	/** Only for cases that are compared with the smallest node in n8n as well. */
	floorInN8nTime: number | undefined;
	/** Highest resident memory above the memory at rest. */
	memory: number;
	floorMemory: number;
	extras: Extras;
};
