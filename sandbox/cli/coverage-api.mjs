import { command, runVisibly } from './progress.mjs';
import { build, prepare, root } from './setup.mjs';

await command(async () => {
	const tools = await prepare();
	await build(tools);
	return await runVisibly(tools.node, ['sandbox/endpoints/main.mts'], {
		cwd: root,
		env: tools.env,
	});
});
