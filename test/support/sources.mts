import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Jest runs every suite from the folder of the package. */
export const root = process.cwd();

/** Paths of all files below some folders, relative to the package. Skips installed packages. */
export function filesBelow(folders: readonly string[], ending: string): string[] {
	return folders
		.filter((folder) => existsSync(path.join(root, folder)))
		.flatMap((folder) =>
			readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
				const file = path.posix.join(folder, entry.name);
				if (!entry.isDirectory()) return file.endsWith(ending) ? [file] : [];
				return entry.name === 'node_modules' ? [] : filesBelow([file], ending);
			}),
		)
		.sort();
}

export const sourceOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

export const writeSource = (file: string, text: string): void =>
	writeFileSync(path.join(root, file), text);

export const isFile = (file: string): boolean =>
	existsSync(path.join(root, file)) && statSync(path.join(root, file)).isFile();

export const sizeOf = (file: string): number => statSync(path.join(root, file)).size;

/** The file that a relative import means, as TypeScript finds it. */
export function importedFile(from: string, specifier: string): string | undefined {
	const target = path.posix.join(path.posix.dirname(from), specifier);
	return [`${target}.ts`, `${target}/index.ts`, target].find(isFile);
}

export type Packed = { size: number; files: Array<{ path: string }> };

/** What `npm publish` would send. */
export function packedPackage(): Packed {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [packed] = JSON.parse(output) as Packed[];
	return packed ?? { size: 0, files: [] };
}

export type Loaded = { nodes: string[]; credentials: string[]; versions: unknown[] };

/** Lets n8n's own loader load the built package, in a process of its own as n8n does. */
export function loadedByN8n(): Loaded {
	const script = path.join(root, 'test/support/loadPackage.cjs');
	return JSON.parse(execFileSync(process.execPath, [script, root], { encoding: 'utf8' })) as Loaded;
}
