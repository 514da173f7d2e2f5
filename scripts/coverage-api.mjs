import { command, runVisibly } from './support/progress.mjs';
import { prepare, root } from './support/setup.mjs';

await command(async () => {
	const tools = await prepare();
	const jest = ['node_modules/jest/bin/jest.js', '--selectProjects', 'engine', '--silent'];
	return await runVisibly(tools.node, [...jest, 'test/engine/coverage.test.ts'], {
		cwd: root,
		env: {
			...tools.env,
			NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
			API_COVERAGE: 'print',
		},
	});
});
