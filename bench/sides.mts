import path from 'node:path';
import type { Case } from './cases.mts';
import type { restingMemory } from './memory.mts';
import type { measurer } from './task.mts';
import { Worker } from './worker.mts';

/**
 * V8 usually collects buffers in small steps next to the work, so the peak depends on how busy the
 * processors are: 62 to 140 MiB for the same upload. With these options V8 collects at once when
 * 64 MiB of buffers are waiting, and repeated runs differ by a few MiB.
 */
const promptCollection = ['--no-incremental-marking', '--no-concurrent-array-buffer-sweeping'];

/** Options of a process in which n8n-core runs and keeps files on the disk. */
export const optionsOfN8n = (folder: string, nodeOptions: readonly string[] = []) => ({
	execArgv: [...nodeOptions, '--expose-gc', '--require', './bench/n8nEnvironment.cjs'],
	env: { N8N_USER_FOLDER: path.join(folder, 'n8n'), N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' },
});

export type SideMethods = {
	measure: ReturnType<typeof measurer>;
	restingMemory: typeof restingMemory;
};

export type Side = Worker<SideMethods>;

/** The package in n8n, and what it is compared with, each in a fresh process. */
export type Sides = { n8n: Side; floor: Side; floorInN8n?: Side };

export function startSides({ server, floorInN8n }: Case, folder: string): Sides {
	const nodeOptions = server === 'largeFiles' ? promptCollection : [];
	return {
		n8n: new Worker('n8n.mts', optionsOfN8n(folder, nodeOptions)),
		floor: new Worker('floor.mts', { execArgv: [...nodeOptions, '--expose-gc'] }),
		...(floorInN8n && { floorInN8n: new Worker('floorInN8n.mts', optionsOfN8n(folder)) }),
	};
}

export async function stopSides(sides: Sides): Promise<void> {
	await Promise.all(Object.values(sides).map((side) => side.stop()));
}
