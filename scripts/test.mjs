import { existsSync } from 'node:fs';
import path from 'node:path';

import { command } from './support/progress.mjs';
import { forget, keepFailure, quickSuites, runSuites } from './support/results.mjs';
import { build, prepare, root } from './support/setup.mjs';

await command(
	async () => {
		forget('test');
		const tools = await prepare();
		const names = process.argv.slice(2);
		// Who works on one file wants its tests at once; few of them look at the build.
		if (names.length === 0 || !existsSync(path.join(root, 'dist'))) await build(tools);
		const passed = await runSuites('test', quickSuites, tools, names);
		return passed ? 0 : 1;
	},
	() => keepFailure('test', 'set-up'),
);
