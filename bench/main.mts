import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { archive, cases, gibibyte, mebibyte } from './cases.mts';
import type { LargeFiles } from './measure.mts';
import { measureCase, startN8n } from './measure.mts';
import type { Measurement } from './report.mts';
import { markdown, table, verdicts } from './report.mts';
import type { Servers } from './servers.mts';
import { startServers } from './servers.mts';
import type { LargeFile } from './side.mts';

/** Names of cases on the command line; all when there are none. */
const wanted = process.argv.slice(2);
const chosen = cases.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

const say = (line: string) => process.stdout.write(`${line}\n`);

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	const since = performance.now();
	say(`… ${title}`);
	const result = await work();
	say(`✓ ${title} (${((performance.now() - since) / 1000).toFixed(1)} s)`);
	return result;
}

async function writeFileOf(size: number, file: string): Promise<string> {
	const block = randomBytes(mebibyte);
	function* blocks() {
		for (let written = 0; written < size; written += block.length) yield block;
	}
	await pipeline(blocks, createWriteStream(file));
	return file;
}

/** In a process of its own, so that none that is measured has held the files before. */
async function largeFiles(folder: string): Promise<LargeFiles> {
	const n8n = startN8n(folder);
	const fileOf = async (size: number, document: number): Promise<LargeFile> => {
		const file = await writeFileOf(size, path.join(folder, `${size}.bin`));
		return { path: file, stored: await n8n.call('store', file), document };
	};
	const files = { small: await fileOf(mebibyte, 2), large: await fileOf(gibibyte, 1) };
	await n8n.stop();
	return files;
}

async function measureAll(servers: Servers, folder: string): Promise<Measurement[]> {
	await step('Fill the sandbox', async () => await servers.archive.seed(archive));
	const { results } = await servers.archive.api<{ results: Array<{ id: number }> }>(
		'GET',
		'documents/?fields=id&ordering=id&page_size=1000',
	);
	const ids = results.map(({ id }) => id);
	const none: LargeFile = { path: '', stored: undefined, document: 0 };
	const files = chosen.some(({ server }) => server === 'largeFiles')
		? await step(
				'Write 1 GiB and put it where n8n keeps files',
				async () => await largeFiles(folder),
			)
		: { small: none, large: none };

	const measurements: Measurement[] = [];
	for (const one of chosen) {
		const { prepare, server, title } = one;
		const figures = await step(title, async () => {
			await prepare?.(servers.archive);
			return await measureCase(one, servers[server], {
				archive: servers.archive,
				ids,
				files,
				folder,
			});
		});
		measurements.push({ case: one, figures });
	}
	return measurements;
}

async function main(folder: string): Promise<number> {
	const servers = await step('Start the sandbox and the proxies', startServers);
	try {
		const measurements = await measureAll(servers, folder);
		const bars = verdicts(measurements);
		say(`\n${table(measurements)}\n`);
		for (const { text } of bars) say(text);
		if (wanted.length === 0) {
			await writeFile(path.join(import.meta.dirname, 'results.md'), markdown(measurements));
		}
		return bars.every(({ met, counts }) => met || !counts) ? 0 : 1;
	} finally {
		await servers.stop();
	}
}

// Not the system's folder for temporary files: that is memory on many machines.
const cache = path.join(import.meta.dirname, '..', '.cache');
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
