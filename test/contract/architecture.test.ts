import ts from 'typescript';
import { filesBelow, importedFile, sourceOf } from '../support/sources.mts';

/** The layers, by folder. */
const layers = [
	['api', /^nodes\/api\//],
	['events', /^nodes\/events\//],
	['documents', /^nodes\/documents\//],
	['toolkit', /^nodes\/toolkit\//],
	['resources', /^nodes\/[^/]+\/resources\//],
	['node', /^nodes\/[^/]+\/[^/]+\.node\.ts$/],
	['nodeParts', /^nodes\/[^/]+\//],
	['credentials', /^credentials\//],
] as const;

type Layer = (typeof layers)[number][0];

/** What each layer may import. Everything else is forbidden. */
const allowed: Readonly<Record<Layer, readonly string[]>> = {
	api: ['api', 'zod', 'p-limit'],
	events: ['events', 'api', 'zod'],
	toolkit: ['toolkit', 'api', 'n8n-workflow', 'luxon', 'p-limit'],
	documents: ['documents', 'events', 'toolkit', 'api', 'p-limit'],
	resources: ['resources', 'documents', 'toolkit', 'api', 'p-limit', 'node:crypto'],
	nodeParts: [
		'nodeParts',
		'events',
		'documents',
		'toolkit',
		'api',
		'p-limit',
		'zod',
		'node:crypto',
	],
	node: ['nodeParts', 'resources', 'events', 'toolkit', 'n8n-workflow'],
	credentials: ['n8n-workflow'],
};

const reasons: Readonly<Record<Layer, string>> = {
	api: 'the client knows neither n8n nor its callers',
	events: 'events are pure, and both triggers share them',
	documents: 'the code about documents serves every node and knows none of them',
	toolkit: 'the toolkit is the bridge between n8n and the client, and knows no operation',
	resources: 'operations reach n8n through the toolkit',
	nodeParts: 'the parts of a trigger reach n8n through the toolkit',
	node: 'a node class only connects toolkit, resources and events',
	credentials: 'a credential imports nothing of this package',
};

const layerOf = (file: string): Layer | undefined =>
	layers.find(([, pattern]) => pattern.test(file))?.[0];

type Edge = { from: string; to: string };

const files = filesBelow(['nodes', 'credentials'], '.ts');
const edges = files.flatMap((from): Edge[] =>
	ts.preProcessFile(sourceOf(from)).importedFiles.map(({ fileName }) => ({
		from,
		to: fileName.startsWith('.') ? (importedFile(from, fileName) ?? fileName) : fileName,
	})),
);

const folderOf = (file: string) => file.split('/')[1];

function offence({ from, to }: Edge): string | undefined {
	const layer = layerOf(from);
	if (layer === undefined) return `${from}: belongs to no layer`;
	const because = (reason: string) => `${from} → ${to}: ${reason}`;
	if (to.endsWith('.node.ts')) return because('only tests import a node');
	const target = layerOf(to);
	if (!allowed[layer].includes(target ?? to)) return because(reasons[layer]);
	const isOfNode = target === 'resources' || target === 'nodeParts';
	return isOfNode && folderOf(from) !== folderOf(to)
		? because('a node folder never imports another')
		: undefined;
}

const code = (file: string) =>
	ts.transpileModule(sourceOf(file), {
		compilerOptions: { removeComments: true, target: ts.ScriptTarget.ESNext },
	}).outputText;

describe('The source', () => {
	it('has files in every layer that is built', () => {
		const present = new Set(files.map(layerOf));

		expect([...present]).toEqual(
			expect.arrayContaining(['api', 'toolkit', 'resources', 'node', 'credentials']),
		);
		expect(edges.length).toBeGreaterThan(100);
	});

	it('imports only what its layer may import', () => {
		expect(edges.map(offence).filter((found) => found !== undefined)).toEqual([]);
	});

	it('imports only types of the client into events', () => {
		const values = edges
			.filter(({ from, to }) => layerOf(from) === 'events' && layerOf(to) === 'api')
			.filter(({ from }) => /import (?!type)[^;]*\/api\//.test(sourceOf(from)));

		expect(values).toEqual([]);
	});

	it('has no cycles', () => {
		const next = new Map<string, string[]>();
		for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
		const done = new Set<string>();
		const cycles: string[] = [];
		const visit = (file: string, way: readonly string[]): void => {
			const start = way.indexOf(file);
			if (start >= 0) cycles.push([...way.slice(start), file].join(' → '));
			if (start >= 0 || done.has(file)) return;
			for (const to of next.get(file) ?? []) visit(to, [...way, file]);
			done.add(file);
		};
		for (const file of files) visit(file, []);

		expect(cycles).toEqual([]);
	});

	it('has no default exports', () => {
		expect(files.filter((file) => /^export default\b/m.test(sourceOf(file)))).toEqual([]);
	});
});

describe('The client', () => {
	const client = files.filter((file) => layerOf(file) === 'api');

	it('does not mention n8n’s package', () => {
		expect(client.filter((file) => sourceOf(file).includes('n8n-workflow'))).toEqual([]);
	});

	it('catches only text that is not JSON', () => {
		const catching = client.flatMap((file) =>
			(code(file).match(/\bcatch\b/g) ?? []).map(() => file),
		);

		expect(catching).toEqual(['nodes/api/json.ts']);
	});
});

describe('The build', () => {
	const built = filesBelow(['dist'], '.js');
	const given = ['n8n-workflow', 'zod', 'luxon', 'lodash', 'p-limit', 'node:crypto'];
	const required = built.flatMap((from) =>
		[...sourceOf(from).matchAll(/(?<![.\w])(?:require|import)\(\s*["'`]([^"'`]+)/g)].map(
			([, to = '']): Edge => ({ from, to }),
		),
	);

	it('exists; otherwise run: npm run build', () => {
		expect(built).not.toEqual([]);
	});

	it('requires only what n8n provides', () => {
		const foreign = required.filter(({ to }) => !to.startsWith('.') && !given.includes(to));

		expect(required.length).toBeGreaterThan(100);
		expect(foreign.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
	});

	it('finds every file that it requires', () => {
		const missing = required
			.filter(({ to }) => to.startsWith('.'))
			.filter(({ from, to }) => !['.js', '/index.js'].some((end) => importedFile(from, to + end)));

		expect(missing.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
	});
});
