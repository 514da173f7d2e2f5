import ts from 'typescript';
import { isRecord } from '../../nodes/api/json';
import { groupBy } from '../../nodes/toolkit/groupBy';
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
	api: ['api', 'zod'],
	events: ['events', 'api', 'zod'],
	toolkit: ['toolkit', 'api', 'n8n-workflow', 'luxon', 'node:crypto'],
	documents: ['documents', 'events', 'toolkit', 'api'],
	resources: ['resources', 'documents', 'toolkit', 'api', 'node:crypto'],
	nodeParts: ['nodeParts', 'events', 'documents', 'toolkit', 'api', 'zod', 'node:crypto'],
	node: ['nodeParts', 'resources', 'events', 'toolkit', 'n8n-workflow'],
	credentials: ['toolkit', 'n8n-workflow'],
};

const reasons: Readonly<Record<Layer, string>> = {
	api: 'the client knows neither n8n nor its callers',
	events: 'events are pure, and both triggers share them',
	documents: 'the code about documents serves every node and knows none of them',
	toolkit: 'the toolkit is the bridge between n8n and the client, and knows no operation',
	resources: 'operations reach n8n through the toolkit',
	nodeParts: 'the parts of a trigger reach n8n through the toolkit',
	node: 'a node class only connects toolkit, resources and events',
	credentials: 'a credential knows no node, only how to authorize a request',
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

/** The names that a file exports. */
function exportsOf(file: string): string[] {
	const source = ts.createSourceFile(file, sourceOf(file), ts.ScriptTarget.ESNext);
	return source.statements.flatMap((statement): string[] => {
		const isExported =
			ts.canHaveModifiers(statement) &&
			ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
		if (!isExported) return [];
		if (ts.isVariableStatement(statement)) {
			return statement.declarationList.declarations.map(({ name }) => name.getText(source));
		}
		const { name } = statement as ts.DeclarationStatement;
		return name ? [name.getText(source)] : [];
	});
}

const baseOf = (file: string) => file.split('/').at(-1) ?? '';
const nameOf = (file: string) => baseOf(file).replace(/(\.\w+)?\.ts$/, '');
const isIndex = (file: string) => file.endsWith('/index.ts');
const isOperation = (file: string) => file.endsWith('.operation.ts');
const below = (folder: string) => files.filter((file) => file.startsWith(folder));

/**
 * True for a file that is called after its only export, or after the noun that its exports share:
 * `references.ts` exports `toReference` and `toReferences`.
 */
function isNamedAfterExports(file: string): boolean {
	const name = nameOf(file).toLowerCase();
	const exported = exportsOf(file).map((one) => one.toLowerCase());
	const noun = name.replace(/(ies|y|s)$/, '');
	return (
		exported.includes(name) || (exported.length > 1 && exported.some((one) => one.includes(noun)))
	);
}

/** Files whose names do not occur in their exports. */
const namedOtherwise: Readonly<Record<string, string>> = {
	'nodes/PaperlessNgx/resources/capabilities/delete.ts': '“delete” is a reserved word',
	'nodes/api/savedViewRules.ts': 'reads one table in both directions',
	'nodes/api/tagPaths.ts': 'the steps along a path of tags, none of which is the main one',
	'nodes/toolkit/parameterBuilders.ts': 'builders of equal rank',
	'nodes/toolkit/plainValues.ts': 'conversions of equal rank',
	'nodes/toolkit/pickers.ts': 'the three objects for which n8n asks a node',
};

/** File names that may occur more than once below nodes/. */
const repeatedNames: Readonly<Record<string, string>> = {};

const isAnOperation = (value: unknown) =>
	isRecord(value) && 'access' in value && 'parameters' in value;

describe('The layout', () => {
	const named = below('nodes/').filter((file) => !isIndex(file) && !isOperation(file));
	const resources = below('nodes/PaperlessNgx/resources/');
	/** The folder below resources/, if any. */
	const resourceOf = (file: string) => /^nodes\/PaperlessNgx\/resources\/([^/]+)\//.exec(file)?.[1];
	const sharedFolders = ['shared', 'capabilities'];
	const isShared = (file: string) => sharedFolders.includes(resourceOf(file) ?? '');

	it('has exactly one operation per *.operation.ts, so that the tree lists the operations', async () => {
		const offences: string[] = [];
		for (const file of resources.filter(isOperation)) {
			const exported = exportsOf(file);
			const module = (await import(`../../${file}`)) as Record<string, unknown>;
			const isOne = exported.length === 1 && isAnOperation(module[exported[0] ?? '']);
			if (!isOne) offences.push(`${file}: exports ${exported.join(', ') || 'nothing'}`);
		}

		expect(offences).toEqual([]);
	});

	it('defines operations only in *.operation.ts, where people look for them', async () => {
		const offences: string[] = [];
		for (const file of resources.filter((one) => !isOperation(one) && !isIndex(one))) {
			const module = (await import(`../../${file}`)) as Record<string, unknown>;
			const found = Object.entries(module).filter(([, value]) => isAnOperation(value));
			offences.push(
				...found.map(([name]) => `${file}: ${name} belongs in a separate *.operation.ts`),
			);
		}

		expect(offences).toEqual([]);
	});

	it('only lists in the index.ts of a resource, so that an index shows everything at a glance', () => {
		const offences = resources
			.filter(isIndex)
			.flatMap((file) =>
				[...code(file).matchAll(/\b(define\w*|bulkOperation|reading)\(/g)].map(
					([call]) => `${file}: ${call}…) belongs in a separate file`,
				),
			);

		expect(offences).toEqual([]);
	});

	it('has no resource that imports another resource; what they share is in documents/ or shared/', () => {
		const offences = edges.filter(({ from, to }) => {
			const [source, target] = [resourceOf(from), resourceOf(to)];
			return source !== undefined && target !== undefined && source !== target && !isShared(to);
		});

		expect(offences.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
	});

	it('uses a file name once, so that a name says which file is meant', () => {
		const repeated = groupBy(named, (file) => baseOf(file).toLowerCase())
			.filter(([first = '', second]) => second && !(baseOf(first) in repeatedNames))
			.map((places) => places.join(' = '));

		expect(repeated).toEqual([]);
	});

	it('has no two files in a folder that differ only by an s, which nobody can tell apart', () => {
		const all = new Set(below('nodes/').map((file) => file.toLowerCase()));
		const pairs = [...all].filter((file) => all.has(file.replace(/(\.\w+)?\.ts$/, 's$&')));

		expect(pairs).toEqual([]);
	});

	it('names a file after its main export, so that a name leads to its file', () => {
		const offences = named.filter((file) => isNamedAfterExports(file) === file in namedOtherwise);
		const gone = Object.keys(namedOtherwise).filter((file) => !named.includes(file));

		expect(offences.map((file) => `${file}: exports ${exportsOf(file).join(', ')}`)).toEqual([]);
		expect(gone).toEqual([]);
	});
});

describe('The client', () => {
	const client = files.filter((file) => layerOf(file) === 'api');

	it('does not mention n8n’s package', () => {
		expect(client.filter((file) => sourceOf(file).includes('n8n-workflow'))).toEqual([]);
	});

	it('catches only text that is not JSON', () => {
		const catching = client.filter((file) => /\bcatch\b/.test(code(file)));

		expect(catching).toEqual(['nodes/api/json.ts']);
	});
});

describe('The build', () => {
	const built = filesBelow(['dist'], '.js');
	const given = ['n8n-workflow', 'zod', 'luxon', 'lodash', 'node:crypto'];
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
