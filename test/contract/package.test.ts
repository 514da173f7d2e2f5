import manifest from '../../package.json';
import { filesBelow, isFile, loadedByN8n, packedPackage, sourceOf } from '../support/sources.mts';

describe('The package', () => {
	const { size, files } = packedPackage();
	const packed = files.map((file) => file.path);

	it('brings no packages of its own, so that n8n may verify it', () => {
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).not.toHaveProperty('optionalDependencies');
		expect(manifest).not.toHaveProperty('bundledDependencies');
	});

	it('needs n8n’s interface in whatever version', () => {
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it.each(['package-lock.json', 'scripts/n8n/package-lock.json', 'scripts/scan/package-lock.json'])(
		'is built only from packages whose content %s knows',
		(file) => {
			type Entry = { integrity?: string; link?: boolean };
			const { packages } = JSON.parse(sourceOf(file)) as { packages: Record<string, Entry> };
			const foreign = Object.entries(packages).filter(([place, { link }]) => place !== '' && !link);

			expect(foreign.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
		},
	);

	it('runs nothing when it is installed', () => {
		const hooks = [
			'preinstall',
			'install',
			'postinstall',
			'preprepare',
			'prepare',
			'postprepare',
			'prepublish',
		];

		expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
	});

	it('is found by n8n and held to its strict rules', () => {
		expect(manifest.name).toMatch(/^(@[^/]+\/)?n8n-nodes-/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
	});

	it('names every node and credential of the sources, and they exist after the build', () => {
		const { nodes, credentials } = manifest.n8n;
		const sources = filesBelow(['nodes', 'credentials'], '.ts').filter((file) =>
			/\.(node|credentials)\.ts$/.test(file),
		);

		expect([...nodes, ...credentials].sort()).toEqual(
			sources.map((file) => `dist/${file.replace(/ts$/, 'js')}`).sort(),
		);
		expect([...nodes, ...credentials].filter((file) => !isFile(file))).toEqual([]);
	});

	it('ships the icons and descriptions that its nodes and credentials name', () => {
		const icons = [...manifest.n8n.nodes, ...manifest.n8n.credentials].flatMap((file) =>
			[...sourceOf(file).matchAll(/'file:([^']+)'/g)].map(([, icon]) => ({
				file,
				icon: icon ?? '',
			})),
		);
		const missing = icons.filter(
			({ file, icon }) => !isFile(new URL(icon, `file:///${file}`).pathname.slice(1)),
		);

		expect(icons.length).toBeGreaterThanOrEqual(4);
		expect(missing).toEqual([]);
		expect(manifest.n8n.nodes.filter((file) => !isFile(file.replace(/js$/, 'json')))).toEqual([]);
	});

	it('is published with its build and what npm adds, and nothing else', () => {
		const others = packed.filter((file) => !file.startsWith('dist/'));

		expect(packed.length).toBeGreaterThan(others.length);
		expect(
			others.filter((file) => !['LICENSE', 'README.md', 'index.js', 'package.json'].includes(file)),
		).toEqual([]);
	});

	it('is published without tests, sources and maps', () => {
		const odd = packed.filter((file) => /\.(ts|map)$|\.test\.|recordings/.test(file));

		expect(odd).toEqual([]);
	});

	it('is small, as every n8n that installs it downloads it', () => {
		expect(size).toBeGreaterThan(0);
		expect(size).toBeLessThan(500_000);
	});

	it('has no link in its README to a file that the repository lacks', () => {
		const site = manifest.homepage.replace(/#.*/, '');
		const links = [...sourceOf('README.md').matchAll(/\]\(([^)\s]+)\)/g)].map(
			([, link = '']) => new URL(link, `${site}/blob/main/`).href,
		);
		const ours = links
			.filter((link) => link.startsWith(`${site}/blob/`) || link.startsWith(`${site}/raw/`))
			.map((link) => new URL(link).pathname.replace(/^(\/[^/]+){4}\//, ''));

		expect(ours.length).toBeGreaterThan(10);
		expect(ours.filter((file) => file !== '' && !isFile(file))).toEqual([]);
	});

	it('is loaded by n8n', () => {
		expect(loadedByN8n()).toEqual({
			nodes: ['paperlessNgx', 'paperlessNgxTrigger', 'paperlessNgxWebhookTrigger'],
			versions: [1, 1, 1],
			credentials: ['paperlessNgxTokenApi'],
		});
	});

	it('is linted by n8n’s own rules, untouched', () => {
		expect(sourceOf('eslint.config.mjs').replace(/\s+/g, ' ').trim()).toBe(
			"import { config } from '@n8n/node-cli/eslint'; export default config;",
		);
		const suppressed = filesBelow(['nodes', 'credentials'], '.ts').filter((file) =>
			/eslint-disable|@ts-ignore|@ts-nocheck/.test(sourceOf(file)),
		);
		expect(suppressed).toEqual([]);
	});
});
