import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { command, run, say, StepFailed } from './support/progress.mjs';
import { prepare, root } from './support/setup.mjs';

const PACKAGE = /^(@[a-z0-9][a-z0-9._-]*\/)?n8n-nodes-[a-z0-9][a-z0-9._-]*$/;
const REPOSITORY = /^[\w.-]+\/[\w.-]+$/;

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * Gives the package another name wherever its name stands: node types in examples, the manifest,
 * what users type. A package of the same name in a scope of others is not meant, and neither are
 * the author and the address of the repository, which changes only if it is given as well.
 */
function renamed(text, from, to) {
	const name = new RegExp(
		`(?<!@[\\w.-]+/)(?<![\\w-])${escaped(from.name)}(?![\\w-]|@users| contributors)`,
		'g',
	);
	return text
		.split(from.address)
		.map((part) => part.replaceAll(name, to.name))
		.join(to.address);
}

await command(async () => {
	const [name = '', repository] = process.argv.slice(2);
	if (!PACKAGE.test(name) || (repository !== undefined && !REPOSITORY.test(repository))) {
		throw new StepFailed(
			'Say npm run rename -- @scope/n8n-nodes-name, and owner/repository after it if that changes too. n8n finds no package of another kind of name.',
		);
	}
	const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
	const [address] = /github\.com\/[^/]+\/[^/]+(?=\.git$)/.exec(manifest.repository.url);
	const from = { name: manifest.name, address };
	const to = { name, address: repository ? `github.com/${repository}` : address };

	const tools = await prepare();
	const files = execFileSync('git', ['grep', '-lzIF', '-e', from.name, '-e', address], {
		cwd: root,
		encoding: 'utf8',
	});
	const changed = files.split('\0').filter((file) => {
		if (file === '') return false;
		const before = readFileSync(path.join(root, file), 'utf8');
		const after = renamed(before, from, to);
		writeFileSync(path.join(root, file), after);
		return after !== before;
	});
	// A longer name may need more lines.
	const prettier = path.join(root, 'node_modules/prettier/bin/prettier.cjs');
	const format = [prettier, '--write', '--ignore-unknown', ...changed];
	await run(tools.node, format, { cwd: root, env: tools.env });
	say(`${changed.length} files changed. Read them with git diff.`);
});
