import { toolType } from '../support/nodeTypes.mts';
import { World } from './support/world.mts';

describe('the packed package', () => {
	let world: World;

	beforeAll(async () => {
		world = await World.open();
	});
	afterAll(async () => await world.close());

	it('holds dist/ and what npm adds, and nothing else', () => {
		const others = world.shared.packedFiles.filter(
			(path) => !/^(dist\/.+|package\.json|README\.md|LICENSE)$/.test(path),
		);

		expect(others).toEqual([]);
		expect(world.shared.packedFiles).toContain(
			'dist/credentials/PaperlessNgxTokenApi.credentials.js',
		);
	});

	it('is listed by n8n with every node and credential that its manifest names', async () => {
		const { name, n8n } = await world.packageManifest();
		const typeName = (file: string) => {
			const className = file.split('/').pop()?.split('.')[0] ?? '';
			return className.charAt(0).toLowerCase() + className.slice(1);
		};

		const nodes = (await world.n8n.nodeTypes()).map((type) => type.name);
		const credentials = (await world.n8n.credentialTypes()).map((type) => type.name);

		expect(nodes).toEqual(
			expect.arrayContaining(n8n.nodes.map((file) => `${name}.${typeName(file)}`)),
		);
		expect(credentials).toEqual(expect.arrayContaining(n8n.credentials.map(typeName)));
	});

	it('offers the node to agents as a tool', async () => {
		const nodes = (await world.n8n.nodeTypes()).map((type) => type.name);

		expect(nodes).toContain(toolType);
	});

	it('shows icons for light and dark themes', async () => {
		const types = [...(await world.n8n.nodeTypes()), ...(await world.n8n.credentialTypes())].filter(
			({ name }) => /paperlessNgx/i.test(name),
		);
		const urls = types.flatMap(({ iconUrl }) => Object.values(iconUrl as Record<string, string>));

		const icons = await Promise.all(
			[...new Set(urls)].map(async (url) => {
				const response = await fetch(`${world.shared.n8n.url}/${url}`);
				return { type: response.headers.get('content-type'), text: await response.text() };
			}),
		);

		expect(icons).toHaveLength(2);
		for (const icon of icons) {
			expect(icon.type).toContain('image/svg+xml');
			expect(icon.text).toContain('<svg');
		}
	});

	it('loads without a complaint in n8n’s log', async () => {
		const [loading = ''] = (await world.n8nLog()).split('Editor is now accessible');

		const complaints = loading
			.split('\n')
			.filter((line) => /paperless/i.test(line) && /error|fail|warn|skip|cannot/i.test(line));

		expect(complaints).toEqual([]);
	});
});
