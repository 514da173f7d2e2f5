import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { run, step, StepFailed } from './progress.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const NODE_MAJOR = 24;
const NODE_VERSION = '24.21.0';
const QUIET_INSTALL = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Makes the clone ready to run: Node.js 24 where the machine's own is older (n8n needs it, and it
 * runs the TypeScript of these commands as it is), the project's packages, and where asked for n8n
 * or its scanner.
 */
export async function prepare({ n8n = false, scanner = false } = {}) {
	const node = await ensureNode();
	const env = {
		...process.env,
		PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
	};
	await ensurePackages({ title: 'Install the project’s packages', folder: root, env });
	if (n8n) await ensureN8n(env);
	if (scanner) await ensureScanner(env);
	return { node, env };
}

/** Compiles the package to dist/. */
export async function build({ node, env }) {
	const options = { cwd: root, env };
	const bin = (name) => path.join(root, 'node_modules', name);
	await step('Build the package', async () => {
		await run(node, [bin('gulp/bin/gulp.js'), '--silent', 'clean'], options);
		await run(node, [bin('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], options);
		await run(node, [bin('gulp/bin/gulp.js'), '--silent', 'build:assets'], options);
	});
}

async function ensureNode() {
	if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;

	const name = nodePackage();
	const folder = path.join(root, '.cache', 'node24');
	const binary = path.join(
		folder,
		'node_modules',
		name,
		'bin',
		process.platform === 'win32' ? 'node.exe' : 'node',
	);
	if (existsSync(binary)) return binary;

	mkdirSync(folder, { recursive: true });
	await step(`Fetch Node.js ${NODE_VERSION} (this one is ${process.version})`, () =>
		npm(
			[
				'install',
				...QUIET_INSTALL,
				'--no-save',
				'--no-package-lock',
				'--prefix',
				folder,
				`${name}@${NODE_VERSION}`,
			],
			{ cwd: folder },
		),
	);
	if (!existsSync(binary)) {
		throw new StepFailed(
			`No Node.js ${NODE_VERSION} for ${process.platform} ${process.arch} came with ${name}. Install Node.js ${NODE_MAJOR} or later and try again.`,
		);
	}
	return binary;
}

/** The names under which the npm package "node" keeps its binaries. */
function nodePackage() {
	const { platform, arch } = process;
	const system = platform === 'win32' ? 'win' : platform;
	const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
	return `${prefix}-${system}-${arch}`;
}

async function ensureN8n(env) {
	const folder = path.join(root, 'scripts', 'n8n');
	await ensurePackages({
		title: 'Install n8n (2.7 GB, some minutes the first time)',
		folder,
		env,
	});
	const binding = 'node_modules/sqlite3/build/Release/node_sqlite3.node';
	if (!existsSync(path.join(folder, binding))) {
		await step('Fetch or compile n8n’s database driver', () =>
			npm(['rebuild', 'sqlite3', '--loglevel=error'], { cwd: folder, env }),
		);
	}
}

async function ensureScanner(env) {
	const folder = path.join(root, 'scripts', 'scan');
	await ensurePackages({ title: 'Install n8n’s scanner of packages', folder, env });
}

/** Installs the engine of another n8n than the project's, and returns its folder. */
export async function ensureHost({ n8n, packages }, env) {
	const folder = path.join(root, '.cache', 'hosts', n8n);
	const present = lockedPackages(path.join(folder, 'node_modules', '.package-lock.json'));
	const isPresent = ([name, version]) => present[`node_modules/${name}`]?.version === version;
	if (Object.entries(packages).every(isPresent)) return folder;

	mkdirSync(folder, { recursive: true });
	const manifest = { name: 'host', version: '0.0.0', private: true, dependencies: packages };
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
	await step(`Install the engine of n8n ${n8n}`, () =>
		npm(['install', ...QUIET_INSTALL, '--no-package-lock', '--legacy-peer-deps'], {
			cwd: folder,
			env,
		}),
	);
	return folder;
}

/** Installs what the lock file names, unless exactly that is there. */
async function ensurePackages({ title, folder, env }) {
	const wanted = lockedPackages(path.join(folder, 'package-lock.json'));
	const present = lockedPackages(path.join(folder, 'node_modules', '.package-lock.json'));
	const names = Object.keys(wanted).filter((name) => name !== '');
	const current = names.every(
		(name) => wanted[name].optional || present[name]?.version === wanted[name].version,
	);
	if (current) return;

	const unpacked = () =>
		names.filter((name) => existsSync(path.join(folder, name, 'package.json'))).length;
	await step(
		title,
		() => npm(['ci', ...QUIET_INSTALL], { cwd: folder, env }),
		() => `, ${unpacked()} of about ${names.length} packages unpacked`,
	);
}

function lockedPackages(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/** On Windows npm is a command file, which only a shell can start. */
function npm(args, options) {
	const shell = process.platform === 'win32';
	return run('npm', shell ? args.map((arg) => `"${arg}"`) : args, { ...options, shell });
}
