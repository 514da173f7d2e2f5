import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

import { runVisibly, say } from './progress.mjs';
import { root } from './setup.mjs';

/** No run takes that long beside a soak; a test that hangs must not take the others' results with it. */
const GIVE_UP_AFTER_MS = (40 + Number(process.env.SOAK_MINUTES ?? 60)) * 60_000;

const folder = path.join(root, '.cache', 'results');

/** The suites that need no n8n. */
export const quickSuites = ['unit', 'contract', 'engine'];

/** With the pages of docs/ that are what a run of every operation has shown. */
export const suitesOfCheck = [...quickSuites, 'pages'];

export function forget(command) {
	mkdirSync(folder, { recursive: true });
	for (const file of readdirSync(folder)) {
		if (file.startsWith(`${command}.`)) rmSync(path.join(folder, file));
	}
}

/**
 * n8n-core imports some of its parts dynamically, which the test runner allows only with the first.
 * The last saves the collections of garbage that loading n8n-core for each file causes.
 */
const nodeOptions = '--experimental-vm-modules --no-warnings --max-semi-space-size=64';

/** Runs suites of the test runner, and returns its exit code. */
async function runJest(suites, { node, env }, args, options = {}) {
	const jest = path.join(root, 'node_modules/jest/bin/jest.js');
	return await runVisibly(node, [jest, ...args, '--selectProjects', ...suites], {
		cwd: root,
		env: {
			...env,
			NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} ${nodeOptions}`.trim(),
		},
		...options,
	});
}

/** A file that waits for its sandbox leaves its processor to another one. */
const usualWorkers = availableParallelism() + 1;

/** Runs suites, `workers` of their files at once, and keeps how many tests passed and failed. */
export async function runSuites(command, suites, tools, args, workers = usualWorkers) {
	const file = path.join(folder, `${command}.jest.json`);
	say('');
	const ours = ['--ci', `--maxWorkers=${workers}`, '--json', `--outputFile=${file}`];
	const code = await runJest(suites, tools, [...ours, ...args], {
		// With --json the runner repeats its results on standard output, for programs to read.
		stdio: ['ignore', 'ignore', 'inherit'],
		timeout: GIVE_UP_AFTER_MS,
		killSignal: 'SIGKILL',
	});
	const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	const failed = (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0);
	keep(command, 'suites', {
		passed: result.numPassedTests ?? 0,
		failed: code === 0 ? failed : Math.max(failed, 1),
	});
	return code === 0;
}

/** What fails before any test runs must not look like a run without tests. */
export function keepFailure(command, what) {
	keep(command, what, { passed: 0, failed: 1 });
}

function keep(command, what, counts) {
	writeFileSync(path.join(folder, `${command}.${what}.counts.json`), JSON.stringify(counts));
}

export function sum() {
	const files = existsSync(folder) ? readdirSync(folder) : [];
	const counts = files
		.filter((file) => file.endsWith('.counts.json'))
		.map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
	const total = (key) => counts.reduce((all, count) => all + count[key], 0);
	return { passed: total('passed'), failed: total('failed') };
}
