import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { archive, documentIds } from './archive.mts';
import { caseNames, cases } from './cases.mts';
import { noLargeFiles, storeLargeFiles } from './largeFiles.mts';
import { busyShare, processors } from './machine.mts';
import { measureCase } from './measureCase.mts';
import type { Measurement } from './report.mts';
import { reportOf } from './report.mts';
import type { Servers } from './servers.mts';
import { startServers } from './servers.mts';

/** Names of cases on the command line; without any, all cases run. */
const names = process.argv.slice(2);
const chosen = cases.filter(({ name }) => names.length === 0 || names.includes(name));

const say = (line: string) => process.stdout.write(`${line}\n`);

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	const start = performance.now();
	say(`… ${title}`);
	const result = await work();
	say(`✓ ${title} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
	return result;
}

async function measureAll(servers: Servers, folder: string): Promise<Measurement[]> {
	await step('Fill the sandbox', () => servers.archive.seed(archive));
	const ids = await documentIds(servers.archive, 'ordering=id&page_size=1000');
	const files = chosen.some(({ server }) => server === 'largeFiles')
		? await step('Write 1 GiB and store it in n8n', () => storeLargeFiles(folder))
		: noLargeFiles;

	const measurements: Measurement[] = [];
	for (const bench of chosen) {
		const figures = await step(bench.title, async () => {
			await bench.prepare?.(servers.archive);
			const surroundings = { archive: servers.archive, ids, files, folder };
			const measured = await measureCase(bench, servers[bench.server], surroundings);
			await bench.cleanUp?.(servers.archive);
			return measured;
		});
		measurements.push({ case: bench, figures });
	}
	return measurements;
}

/** Returns whether every target was met, apart from those that a busy machine cannot judge. */
async function main(folder: string): Promise<boolean> {
	const busyBefore = await busyShare();
	const servers = await step('Start the sandbox and the proxies', startServers);
	let measurements: Measurement[];
	try {
		measurements = await measureAll(servers, folder);
	} finally {
		await servers.stop();
	}
	const machine = { processors, busyBefore, busyAfter: await busyShare() };
	const report = reportOf(measurements, machine);
	say(`\n${report.text}`);
	if (names.length === 0) {
		await writeFile(path.join(import.meta.dirname, 'results.md'), report.markdown);
	}
	return report.passed;
}

const unknown = names.filter((name) => !caseNames.some((known) => known === name));
if (unknown.length > 0) {
	say(`There is no case ${unknown.join(', ')}. The cases are ${caseNames.join(', ')}.`);
	process.exit(1);
}
// The system's folder for temporary files is often in memory.
const cache = path.join(import.meta.dirname, '..', '.cache');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(path.join(cache, 'bench-'));
const clear = () => rm(folder, { recursive: true, force: true });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void clear().then(() => process.exit(1)));
}
try {
	process.exitCode = (await main(folder)) ? 0 : 1;
} finally {
	await clear();
}
