import path from 'node:path';

import { command, run, say, step, StepFailed } from './support/progress.mjs';
import { forget, keepFailure, runSuites } from './support/results.mjs';
import { build, prepare, root } from './support/setup.mjs';

const WARNINGS = /\b[1-9]\d* warnings?\b/;

await command(
	async () => {
		forget('test');
		const tools = await prepare();
		const bin = (file) => path.join(root, 'node_modules', file);
		const options = { cwd: root, env: tools.env };

		const check = async (title, ...args) => {
			try {
				await step(title, async () => {
					const output = await run(tools.node, args, options);
					if (WARNINGS.test(output)) throw new StepFailed(output);
				});
				return true;
			} catch (error) {
				if (!(error instanceof StepFailed)) throw error;
				say(error.message);
				keepFailure('test', title.replaceAll(/\W+/g, '-'));
				return false;
			}
		};

		const eslint = bin('eslint/bin/eslint.js');
		const checks = [
			await check('Lint by n8n’s rules', bin('@n8n/node-cli/bin/n8n-node.mjs'), 'lint'),
			await check(
				'Lint everything else',
				eslint,
				'--no-error-on-unmatched-pattern',
				'-c',
				'scripts/eslint.config.mjs',
				'sandbox',
				'scripts',
				'bench',
				'test',
			),
			await check('Check the types', bin('typescript/bin/tsc'), '-p', 'tsconfig.json'),
		];
		await build(tools);
		const suites = await runSuites('test', ['unit', 'contract', 'engine'], tools, [
			...process.argv.slice(2),
		]);

		const passed = checks.every(Boolean) && suites;
		if (!checks.every(Boolean)) say('\nThe lint or type check above did not pass.');
		return passed ? 0 : 1;
	},
	() => keepFailure('test', 'set-up'),
);
