import { command } from './support/progress.mjs';
import { forget, keepFailure, runSuites } from './support/results.mjs';
import { build, prepare } from './support/setup.mjs';

await command(
	async () => {
		forget('e2e');
		const tools = await prepare({ n8n: true });
		await build(tools);
		const passed = await runSuites('e2e', ['e2e'], tools, [
			'--runInBand',
			...process.argv.slice(2),
		]);
		return passed ? 0 : 1;
	},
	() => keepFailure('e2e', 'set-up'),
);
