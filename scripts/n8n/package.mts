import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { run } from './commands.mts';
import { root } from './paths.mts';

export interface PackedPackage {
	name: string;
	version: string;
	/** Paths inside the tarball. */
	files: string[];
	tarball: string;
}

interface PackReport {
	name: string;
	version: string;
	filename: string;
	files: Array<{ path: string }>;
}

export async function packPackage(folder = root): Promise<PackedPackage> {
	const destination = await mkdtemp(path.join(tmpdir(), 'packed-'));
	const report = await run(
		'npm',
		['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', destination],
		folder,
	);
	const [packed] = JSON.parse(report) as PackReport[];
	if (!packed) throw new Error('npm pack made no package');
	return {
		name: packed.name,
		version: packed.version,
		files: packed.files.map((file) => file.path),
		tarball: path.join(destination, packed.filename),
	};
}

/** Installs a packed package the way n8n does from Settings → Community nodes. */
export async function installPackage(packed: PackedPackage, userFolder: string): Promise<void> {
	const folder = path.join(userFolder, '.n8n', 'nodes', 'node_modules', packed.name);
	const stamp = path.join(userFolder, 'installed-package');
	const content = createHash('sha256')
		.update(await readFile(packed.tarball))
		.digest('hex');
	if (content === (await readFile(stamp, 'utf8').catch(() => ''))) return;

	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', packed.tarball, '-C', folder, '--strip-components=1'], userFolder);

	const manifestPath = path.join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as Record<string, unknown>;
	for (const kind of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete manifest[kind];
	}
	await writeFile(manifestPath, JSON.stringify(manifest, null, 2));
	await run(
		'npm',
		[
			'install',
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
		],
		folder,
	);
	await writeFile(stamp, content);
}

export async function discardPackage(packed: PackedPackage): Promise<void> {
	await rm(path.dirname(packed.tarball), { recursive: true, force: true });
}
