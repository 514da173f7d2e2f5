import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { runVisibly, say } from './progress.mjs';
import { root } from './setup.mjs';

/** No run takes that long; a test that hangs must not take the others' results with it. */
const GIVE_UP_AFTER_MS = 40 * 60_000;

const folder = path.join(root, '.cache', 'results');

export function forget(command) {
	mkdirSync(folder, { recursive: true });
	for (const file of readdirSync(folder)) {
		if (file.startsWith(`${command}.`)) rmSync(path.join(folder, file));
	}
}

/** Runs suites of the test runner, and keeps how many tests passed and failed. */
export async function runSuites(command, suites, { node, env }, args = []) {
	const file = path.join(folder, `${command}.jest.json`);
	say('');
	const code = await runVisibly(
		node,
		[
			path.join(root, 'node_modules/jest/bin/jest.js'),
			'--selectProjects',
			...suites,
			'--json',
			`--outputFile=${file}`,
			...args,
		],
		{
			cwd: root,
			// n8n-core imports some of its parts dynamically, which the test runner allows only so.
			env: {
				...env,
				NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim(),
			},
			// With --json the runner repeats its results on standard output, for programs to read.
			stdio: ['ignore', 'ignore', 'inherit'],
			timeout: GIVE_UP_AFTER_MS,
			killSignal: 'SIGKILL',
		},
	);
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
