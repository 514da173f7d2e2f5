import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { pause } from './settings.mts';

interface Reading {
	/** Milliseconds since 1970. */
	at: number;
	/** Bytes in use after a garbage collection: n8n’s own and those of its buffers. */
	memory: number;
	/** The longest time that nothing else could run since the reading before. */
	longestBlockMs: number;
}

const mebibyte = 2 ** 20;
const everyMs = 10_000;

/** Writes down what one n8n needs while it runs. */
export class Probe {
	/** With these n8n loads the probe. */
	readonly settings: Record<string, string>;
	private readonly folder: string;
	private readonly file: string;

	private constructor(folder: string) {
		this.folder = folder;
		this.file = path.join(folder, 'readings.jsonl');
		this.settings = {
			NODE_OPTIONS: `--require ${path.join(import.meta.dirname, 'writeReadings.cjs')}`,
			SOAK_READINGS: this.file,
			SOAK_READINGS_EVERY_MS: String(everyMs),
		};
	}

	static async make(): Promise<Probe> {
		return new Probe(await mkdtemp(path.join(tmpdir(), 'soak-')));
	}

	/** What was written down between two moments. */
	async readings(from: number, to = Date.now()): Promise<Reading[]> {
		const lines = (await readFile(this.file, 'utf8')).trim().split('\n');
		return lines
			.map((line) => JSON.parse(line) as Reading)
			.filter(({ at }) => at >= from && at <= to);
	}

	/** Three readings of an n8n that has nothing to do. */
	async readingsAtRest(): Promise<Reading[]> {
		const start = Date.now();
		await pause(3.5 * everyMs);
		return await this.readings(start);
	}

	async close(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
	}
}

/** MiB. What an execution holds for a while is in few readings, what is never given back is in all. */
export const lowestMemory = (all: readonly Reading[]): number =>
	Math.min(...all.map(({ memory }) => memory)) / mebibyte;

export const longestBlock = (all: readonly Reading[]): number =>
	Math.max(...all.map(({ longestBlockMs }) => longestBlockMs));
