import { command, runVisibly } from './support/progress.mjs';
import { build, prepare, root } from './support/setup.mjs';

await command(async () => {
	const tools = await prepare();
	await build(tools);
	return await runVisibly(tools.node, ['scripts/docs/main.mts'], { cwd: root, env: tools.env });
});
