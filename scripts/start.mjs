import path from 'node:path';

import { command, runVisibly } from './support/progress.mjs';
import { build, prepare, root } from './support/setup.mjs';

await command(async () => {
	const tools = await prepare({ n8n: true });
	await build(tools);
	return await runVisibly(
		tools.node,
		[path.join(root, 'scripts', 'n8n', 'main.mts'), '--exit-with-parent', ...process.argv.slice(2)],
		// The open pipe tells the child that this process is still there.
		{ cwd: root, env: tools.env, stdio: ['pipe', 'inherit', 'inherit'] },
	);
});
