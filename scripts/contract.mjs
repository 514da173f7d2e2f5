import { command, runVisibly } from './support/progress.mjs';
import { prepare, root } from './support/setup.mjs';

await command(async () => {
	const tools = await prepare();
	return await runVisibly(
		tools.node,
		['test/contract/replay/replay.mts', ...process.argv.slice(2)],
		{
			cwd: root,
			env: tools.env,
		},
	);
});
