import { command, runVisibly } from './progress.mjs';
import { prepare, root } from './setup.mjs';

await command(async () => {
	const tools = await prepare();
	return await runVisibly(tools.node, ['sandbox/contract/replay.mts', ...process.argv.slice(2)], {
		cwd: root,
		env: tools.env,
	});
});
