import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Sandbox } from '../test/support/sandbox.mts';
import type { Case, Figures } from './cases.mts';
import { archive, cases, gibibyte } from './cases.mts';
import type { Floor } from './floor.mts';
import type { LargeFiles } from './largeFiles.mts';
import type { N8n } from './n8n.mts';
import type { Proxy } from './proxy.mts';
import type { Measurement } from './report.mts';
import { markdown, table, verdicts } from './report.mts';
import type { Measured, Setting } from './side.mts';
import { Worker } from './worker.mts';

const root = path.join(import.meta.dirname, '..');

/** What stands behind a proxy, and what it has seen. */
type Server = {
	proxy: Worker<Proxy>;
	setting: Setting;
	requests: () => Promise<number>;
	forget: () => Promise<void>;
};

/** Names of cases on the command line; all when there are none. */
const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

const say = (line: string) => process.stdout.write(`${line}\n`);

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	const since = performance.now();
	say(`… ${title}`);
	const result = await work();
	say(`✓ ${title} (${((performance.now() - since) / 1000).toFixed(1)} s)`);
	return result;
}

const median = (values: readonly number[]): number =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const startN8n = (folder: string) =>
	new Worker<N8n>('n8n.mts', {
		execArgv: ['--expose-gc', '--require', './bench/n8nEnvironment.cjs'],
		env: { N8N_USER_FOLDER: path.join(folder, 'n8n'), N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' },
	});

async function measureCase(
	{ name, runs, server: kind }: Case,
	{ proxy, setting, requests, forget }: Server,
	folder: string,
): Promise<Figures> {
	const n8n = startN8n(folder);
	const floor = new Worker<Floor>('floor.mts');
	const same = (ours: Measured, theirs: Measured) => {
		if (ours.summary === theirs.summary) return;
		throw new Error(`${name}: n8n came to ${ours.summary}, the floor to ${theirs.summary}`);
	};
	try {
		const idle = await n8n.call('restingMemory');
		await forget();
		await proxy.call('forget');
		const first = await n8n.call('measure', name, 0, setting);
		const { sent, received } = await proxy.call('counts');
		const seen = await requests();
		const ours = [first];
		const theirs = [await floor.call('measure', name, 0, setting)];
		same(first, theirs[0] as Measured);
		// The large cases last long enough to need no warming up.
		if (kind === 'sandbox') {
			for (let run = 1; run <= runs; run += 1) {
				ours[run] = await n8n.call('measure', name, run, setting);
				theirs[run] = await floor.call('measure', name, run, setting);
				same(ours[run] as Measured, theirs[run] as Measured);
			}
		}
		const times = (all: Measured[]) => all.slice(-runs).map(({ time }) => time);
		return {
			requests: seen,
			sent,
			received,
			time: median(times(ours)),
			floor: median(times(theirs)),
			memory: Math.max(...ours.map(({ peak }) => peak)) - idle,
		};
	} finally {
		await Promise.all([n8n.stop(), floor.stop()]);
	}
}

async function writeLargeFile(file: string): Promise<void> {
	const block = randomBytes(1024 ** 2);
	function* blocks() {
		for (let written = 0; written < gibibyte; written += block.length) yield block;
	}
	await pipeline(blocks, createWriteStream(file));
}

async function main(folder: string): Promise<number> {
	const workers: Array<{ stop: () => Promise<void> }> = [];
	const started = <W extends { stop: () => Promise<void> }>(worker: W): W => {
		workers.push(worker);
		return worker;
	};
	try {
		const sandbox = await step(
			'Start the sandbox',
			async () => await Sandbox.start('3.0.5', 'empty'),
		);
		workers.push({ stop: async () => await sandbox.close() });
		await sandbox.settings({ consumptionSeconds: 0.05 });
		const files = started(new Worker<LargeFiles>('largeFiles.mts'));
		const proxies = {
			sandbox: started(new Worker<Proxy>('proxy.mts')),
			largeFiles: started(new Worker<Proxy>('proxy.mts')),
		};
		const largeFile: Setting['largeFile'] = {
			path: path.join(folder, 'large.bin'),
			stored: undefined,
		};
		const shared = { ids: [] as number[], largeFile, folder };
		const servers: Record<Case['server'], Server> = {
			sandbox: {
				proxy: proxies.sandbox,
				setting: {
					...shared,
					url: await proxies.sandbox.call('start', sandbox.url),
					token: sandbox.tokens.admin,
				},
				requests: async () => (await sandbox.requests()).length,
				forget: async () => await sandbox.forgetRequests(),
			},
			largeFiles: {
				proxy: proxies.largeFiles,
				setting: {
					...shared,
					url: await proxies.largeFiles.call('start', await files.call('start')),
					token: 'any',
				},
				requests: async () => (await files.call('counts')).requests,
				forget: async () => await files.call('forget'),
			},
		};

		await step('Fill the sandbox', async () => await sandbox.seed(archive));
		const measurements: Measurement[] = [];
		for (const one of cases.filter(({ name }) => isWanted(name))) {
			const { prepare, server, title } = one;
			if (prepare) await step('Add to the sandbox', async () => await prepare(sandbox));
			if (server === 'sandbox' && shared.ids.length === 0) {
				const { results } = await sandbox.api<{ results: Array<{ id: number }> }>(
					'GET',
					'documents/?fields=id&ordering=id&page_size=1000',
				);
				shared.ids.push(...results.map(({ id }) => id));
			}
			if (server === 'largeFiles' && !largeFile.stored) {
				await step('Write 1 GiB and put it where n8n keeps files', async () => {
					await writeLargeFile(largeFile.path);
					const n8n = startN8n(folder);
					largeFile.stored = await n8n.call('store', largeFile.path);
					await n8n.stop();
				});
			}
			const figures = await step(
				title,
				async () => await measureCase(one, servers[server], folder),
			);
			measurements.push({ case: one, figures });
		}

		const bars = verdicts(measurements);
		say(`\n${table(measurements)}\n`);
		for (const { text } of bars) say(text);
		if (wanted.length === 0)
			await writeFile(path.join(import.meta.dirname, 'results.md'), markdown(measurements));
		return bars.every(({ met, counts }) => met || !counts) ? 0 : 1;
	} finally {
		await Promise.all(workers.map(async (worker) => await worker.stop()));
	}
}

// Not the system's folder for temporary files: that is memory on many machines.
const cache = path.join(root, '.cache');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(path.join(cache, 'bench-'));
const clear = async () => await rm(folder, { recursive: true, force: true });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void clear().then(() => process.exit(1)));
}
try {
	process.exitCode = await main(folder);
} finally {
	await clear();
}
