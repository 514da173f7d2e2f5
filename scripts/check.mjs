import { availableParallelism } from 'node:os';
import path from 'node:path';

import { command, run, say, step, StepFailed } from './support/progress.mjs';
import { forget, keepFailure, suitesOfCheck, runSuites } from './support/results.mjs';
import { build, prepare, root } from './support/setup.mjs';

const WARNINGS = /\b[1-9]\d* warnings?\b/;

/** What is looked at before the tests: title, program, arguments. The longest begins first. */
const looks = [
	['Check the types', 'typescript/bin/tsc', '-p', 'tsconfig.json'],
	['Check the format', 'prettier/bin/prettier.cjs', '--check', '.'],
	['Check the spelling', 'cspell/bin.mjs', '--no-progress', '--quiet'],
	['Lint by n8n’s rules', '@n8n/node-cli/bin/n8n-node.mjs', 'lint'],
	[
		'Lint everything else',
		'eslint/bin/eslint.js',
		'--no-error-on-unmatched-pattern',
		'-c',
		'scripts/eslint.config.mjs',
		'sandbox',
		'scripts',
		'bench',
		'test',
	],
];

/** What looks at the build. */
const scan = ['Scan the package as n8n does', '../scripts/scan/main.mts'];

async function passes([title, program, ...args], tools) {
	const file = path.join(root, 'node_modules', program);
	try {
		await step(title, async () => {
			const output = await run(tools.node, [file, ...args], { cwd: root, env: tools.env });
			if (WARNINGS.test(output)) throw new StepFailed(output);
		});
		return true;
	} catch (error) {
		if (!(error instanceof StepFailed)) throw error;
		say(error.message);
		keepFailure('check', title.replaceAll(/\W+/g, '-'));
		return false;
	}
}

/** As many at once as there are processors. */
async function allPass(tools) {
	const waiting = [...looks];
	let all = true;
	const lookOn = async () => {
		for (let look = waiting.shift(); look; look = waiting.shift()) {
			if (!(await passes(look, tools))) all = false;
		}
	};
	await Promise.all(Array.from({ length: availableParallelism() }, lookOn));
	return all;
}

await command(
	async () => {
		forget('check');
		const tools = await prepare({ scanner: true });
		const isClean = await allPass(tools);
		await build(tools);
		const isAccepted = await passes(scan, tools);
		const passed = await runSuites('check', suitesOfCheck, tools, process.argv.slice(2));
		if (!isClean || !isAccepted) say('\nA check above did not pass.');
		return isClean && isAccepted && passed ? 0 : 1;
	},
	() => keepFailure('check', 'set-up'),
);
