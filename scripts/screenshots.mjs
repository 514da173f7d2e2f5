import { command, runVisibly } from './support/progress.mjs';
import { build, prepare, root } from './support/setup.mjs';

await command(async () => {
	const tools = await prepare({ n8n: true });
	await build(tools);
	return await runVisibly(tools.node, ['scripts/screenshots/main.mts', ...process.argv.slice(2)], {
		cwd: root,
		env: tools.env,
	});
});
