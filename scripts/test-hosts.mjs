import { command, say } from './support/progress.mjs';
import { forget, keepFailure, runSuites } from './support/results.mjs';
import { ensureHost, prepare } from './support/setup.mjs';

/**
 * The oldest n8n that the package supports, with what it brings by its own dependency list. The
 * newest is the one that package.json names, which `npm test` uses anyway.
 */
const oldest = {
	n8n: '1.123.81',
	packages: {
		'n8n-core': '1.122.48',
		'n8n-workflow': '1.120.31',
		luxon: '3.4.4',
		zod: '3.25.67',
	},
};

await command(
	async () => {
		forget('hosts');
		const tools = await prepare();
		const names = process.argv.slice(2);
		const host = await ensureHost(oldest, tools.env);
		say(`\nThe engine of n8n ${oldest.n8n}`);
		const env = { ...tools.env, HOST_FOLDER: host };
		// Its connections stay open for a while when everything is done.
		const old = await runSuites('hosts', ['engine'], { ...tools, env }, ['--forceExit', ...names]);
		say('\nThe engine of the n8n that package.json names');
		const current = await runSuites('hosts', ['engine'], tools, names);
		return old && current ? 0 : 1;
	},
	() => keepFailure('hosts', 'set-up'),
);
