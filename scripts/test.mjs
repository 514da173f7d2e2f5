import { command } from './support/progress.mjs';
import { forget, keepFailure, quickSuites, runSuites } from './support/results.mjs';
import { build, prepare } from './support/setup.mjs';

await command(
	async () => {
		forget('test');
		const tools = await prepare();
		await build(tools);
		const passed = await runSuites('test', quickSuites, tools, process.argv.slice(2));
		return passed ? 0 : 1;
	},
	() => keepFailure('test', 'set-up'),
);
