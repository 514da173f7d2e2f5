import path from 'node:path';
import type { Case } from './cases.mts';
import type { restingMemory } from './memory.mts';
import type { measurer } from './task.mts';
import { Worker } from './worker.mts';

type ProcessOptions = { execArgv: string[]; env: Record<string, string> };

/**
 * Without these options the peak depends on how busy the processors are: 62 to 140 MiB for the same
 * upload. V8 collects buffers in small steps next to the work, or early because a small heap for new
 * objects is full. With them V8 collects at once when 64 MiB of buffers are waiting, and the C library
 * reuses the memory that it has. Repeated runs then differ by a few MiB.
 */
const steadyMemory: ProcessOptions = {
	execArgv: [
		'--no-incremental-marking',
		'--no-concurrent-array-buffer-sweeping',
		'--min-semi-space-size=16',
	],
	env: { MALLOC_ARENA_MAX: '1' },
};

const ordinary: ProcessOptions = { execArgv: [], env: {} };

/** Options of a process in which n8n-core runs and keeps files on the disk. */
export const optionsOfN8n = (folder: string, { execArgv, env } = ordinary): ProcessOptions => ({
	execArgv: [...execArgv, '--expose-gc', '--require', './bench/n8nEnvironment.cjs'],
	env: {
		...env,
		N8N_USER_FOLDER: path.join(folder, 'n8n'),
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	},
});

export type SideMethods = {
	measure: ReturnType<typeof measurer>;
	restingMemory: typeof restingMemory;
};

export type Side = Worker<SideMethods>;

/** The package in n8n, and what it is compared with, each in a fresh process. */
export type Sides = { n8n: Side; floor: Side; floorInN8n?: Side };

export function startSides({ server, floorInN8n }: Case, folder: string): Sides {
	const options = server === 'largeFiles' ? steadyMemory : ordinary;
	return {
		n8n: new Worker('n8n.mts', optionsOfN8n(folder, options)),
		floor: new Worker('floor.mts', {
			...options,
			execArgv: [...options.execArgv, '--expose-gc'],
		}),
		...(floorInN8n && { floorInN8n: new Worker('floorInN8n.mts', optionsOfN8n(folder)) }),
	};
}

export async function stopSides(sides: Sides): Promise<void> {
	await Promise.all(Object.values(sides).map((side) => side.stop()));
}
