import { existsSync } from 'node:fs';
import path from 'node:path';

import { command } from './support/progress.mjs';
import { forget, keepFailure, quickSuites, runSuites, suitesOfCheck } from './support/results.mjs';
import { build, prepare, root } from './support/setup.mjs';

await command(
	async () => {
		forget('test');
		const tools = await prepare();
		const names = process.argv.slice(2);
		const suites = names.length === 0 ? quickSuites : suitesOfCheck;
		// Who works on one file wants its tests at once; few of them look at the build.
		if (names.length === 0 || !existsSync(path.join(root, 'dist'))) await build(tools);
		const passed = await runSuites('test', suites, tools, names);
		return passed ? 0 : 1;
	},
	() => keepFailure('test', 'set-up'),
);
