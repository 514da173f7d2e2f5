import { spawnSync } from 'node:child_process';

import { command, StepFailed } from './support/progress.mjs';
import { forget, keepFailure, runSuites } from './support/results.mjs';
import { build, prepare } from './support/setup.mjs';

/** The suites that need a real n8n, with how many of their files run at once. */
const workers = {
	// All files share one n8n and one archive.
	e2e: 1,
	panels: 1,
	scale: 1,
	soak: 1,
	// Each file has its own n8n and spends most of its time waiting for it.
	outages: 4,
};

/** A long soak also measures for how long n8n is blocked, which needs a quiet machine. */
const isLongSoak = Number(process.env.SOAK_MINUTES ?? 60) >= 10;

const args = process.argv.slice(2);
const isSuite = (arg) => arg in workers;
const suites = args.filter(isSuite);
const others = args.filter((arg) => !isSuite(arg));

await command(
	async () => {
		suites.forEach(forget);
		if (suites.includes('scale') && spawnSync('redis-server', ['--version']).status !== 0) {
			throw new StepFailed(
				'n8n’s queue mode needs redis-server, which is not on this machine. On Debian and Ubuntu “apt-get install redis-server” brings it, on macOS “brew install redis”.',
			);
		}
		const tools = await prepare({ n8n: true });
		await build(tools);
		let passed = true;
		const run = async (suite) => {
			if (!(await runSuites(suite, [suite], tools, others, workers[suite]))) passed = false;
		};
		const inOrder = async (...names) => {
			for (const name of names) if (suites.includes(name)) await run(name);
		};
		const shortSoak = isLongSoak ? [] : ['soak'];
		await Promise.all([
			inOrder('panels'),
			inOrder('outages', ...shortSoak),
			inOrder('e2e', 'scale'),
		]);
		if (isLongSoak) await inOrder('soak');
		return passed ? 0 : 1;
	},
	() => suites.forEach((suite) => keepFailure(suite, 'set-up')),
);
