import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { root } from '../../../scripts/n8n/paths.mts';

interface Reading {
	/** Milliseconds since 1970. */
	at: number;
	/** Bytes in use after a garbage collection: n8n’s own and those of its buffers. */
	memory: number;
	/** The longest time that nothing else could run since the reading before. */
	longestBlockMs: number;
}

const file = path.join(root, '.cache', 'soak.jsonl');
const probe = path.join(import.meta.dirname, 'probe.cjs');

/** The environment of an n8n that writes readings down. */
export const withProbe = { NODE_OPTIONS: `--require ${probe}`, SOAK_READINGS: file };

export async function forgetReadings(): Promise<void> {
	await rm(file, { force: true });
}

const mebibyte = 2 ** 20;

const median = (numbers: number[]): number =>
	numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** What the probe in n8n has written down since a moment. */
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
