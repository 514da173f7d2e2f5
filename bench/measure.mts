import path from 'node:path';
import type { Sandbox } from '../test/support/sandbox.mts';
import type { Case, Figures } from './cases.mts';
import type { Floor } from './floor.mts';
import type { N8n } from './n8n.mts';
import type { Server } from './servers.mts';
import type { LargeFile, Measured, Setting } from './side.mts';
import { Worker } from './worker.mts';

export const startN8n = (folder: string): Worker<N8n> =>
	new Worker<N8n>('n8n.mts', {
		execArgv: ['--expose-gc', '--require', './bench/n8nEnvironment.cjs'],
		env: { N8N_USER_FOLDER: path.join(folder, 'n8n'), N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' },
	});

export type LargeFiles = { small: LargeFile; large: LargeFile };

type Surroundings = { archive: Sandbox; ids: number[]; files: LargeFiles; folder: string };

const median = (values: readonly number[]): number =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

type Pair = { ours: Measured; theirs: Measured };

/** Both sides of a case, each in a fresh process, run in turns. */
export async function measureCase(
	{ name, runs, server: kind, warmUp }: Case,
	{ proxy, url, token, requests, forget }: Server,
	{ archive, ids, files, folder }: Surroundings,
): Promise<Figures> {
	const n8n = startN8n(folder);
	const floor = new Worker<Floor>('floor.mts', { execArgv: ['--expose-gc'] });
	const setting: Setting = { url, token, ids, folder, largeFile: files.large };
	const small: Setting = { ...setting, largeFile: files.small };
	try {
		// What is loaded when it is first needed is not what a gibibyte adds.
		if (kind === 'largeFiles') {
			await n8n.call('measure', name, 0, small);
			await floor.call('measure', name, 0, small);
		}
		if (warmUp) {
			await n8n.call('measure', name, 0, setting);
			await floor.call('measure', name, 0, setting);
			await warmUp(archive);
		}
		const idle = await n8n.call('restingMemory');
		const floorIdle = await floor.call('restingMemory');
		await forget();
		await proxy.call('forget');
		const first = await n8n.call('measure', name, 0, setting);
		const line = { ...(await proxy.call('counts')), requests: await requests() };

		const pairs: Pair[] = [{ ours: first, theirs: await floor.call('measure', name, 0, setting) }];
		for (let run = 1; run <= runs; run += 1) {
			const ours = await n8n.call('measure', name, run, setting);
			pairs.push({ ours, theirs: await floor.call('measure', name, run, setting) });
		}
		for (const { ours, theirs } of pairs) {
			if (ours.summary === theirs.summary) continue;
			throw new Error(`${name}: n8n came to ${ours.summary}, the floor to ${theirs.summary}`);
		}
		const timed = runs > 0 ? pairs.slice(1) : pairs;
		return {
			...line,
			time: median(timed.map(({ ours }) => ours.time)),
			floor: median(timed.map(({ theirs }) => theirs.time)),
			memory: Math.max(...pairs.map(({ ours }) => ours.peak)) - idle,
			more: first.more,
			floorMemory: Math.max(...pairs.map(({ theirs }) => theirs.peak)) - floorIdle,
		};
	} finally {
		await Promise.all([n8n.stop(), floor.stop()]);
	}
}
