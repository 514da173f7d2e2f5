import { command, runVisibly } from './support/progress.mjs';
import { build, prepare, root } from './support/setup.mjs';

await command(async () => {
	const tools = await prepare({ scanner: true });
	await build(tools);
	return await runVisibly(tools.node, ['scripts/scan/main.mts'], { cwd: root, env: tools.env });
});
