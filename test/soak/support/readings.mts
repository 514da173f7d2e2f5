import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { root } from '../../../scripts/n8n/paths.mts';

const file = path.join(root, '.cache', 'soak.jsonl');

interface Reading {
	/** Milliseconds since 1970. */
	at: number;
	/** Bytes in use after a garbage collection: n8n’s own and those of its buffers. */
	memory: number;
	/** The longest time that nothing else could run since the reading before. */
	longestBlockMs: number;
}

const mebibyte = 2 ** 20;

const median = (numbers: number[]): number =>
	numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Settings with which n8n loads the probe, whose earlier readings are forgotten. */
export async function probeSettings(): Promise<Record<string, string>> {
	await rm(file, { force: true });
	return {
		NODE_OPTIONS: `--require ${path.join(import.meta.dirname, 'probe.cjs')}`,
		SOAK_READINGS: file,
	};
}

/** What the probe has written down since a moment. */
export async function readings(since: number): Promise<Reading[]> {
	const lines = (await readFile(file, 'utf8')).trim().split('\n');
	return lines.map((line) => JSON.parse(line) as Reading).filter(({ at }) => at >= since);
}

/** MiB between the first and the last quarter. */
export function growth(all: Reading[]): number {
	const quarter = Math.ceil(all.length / 4);
	const usual = (some: Reading[]) => median(some.map(({ memory }) => memory)) / mebibyte;
	return usual(all.slice(-quarter)) - usual(all.slice(0, quarter));
}

export const longestBlock = (all: Reading[]): number =>
	Math.max(...all.map(({ longestBlockMs }) => longestBlockMs));
