import { spawnSync } from 'node:child_process';

import { command, StepFailed } from './support/progress.mjs';
import { forget, keepFailure, runSuites } from './support/results.mjs';
import { build, prepare } from './support/setup.mjs';

await command(
	async () => {
		forget('scale');
		if (spawnSync('redis-server', ['--version']).status !== 0) {
			throw new StepFailed(
				'n8n’s queue mode needs redis-server, which is not on this machine. On Debian and Ubuntu “apt-get install redis-server” brings it, on macOS “brew install redis”.',
			);
		}
		const tools = await prepare({ n8n: true });
		await build(tools);
		const passed = await runSuites('scale', ['scale'], tools, [
			'--runInBand',
			...process.argv.slice(2),
		]);
		return passed ? 0 : 1;
	},
	() => keepFailure('scale', 'set-up'),
);
