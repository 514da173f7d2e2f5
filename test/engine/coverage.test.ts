import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { RecordedName } from '../../sandbox/profiles.mts';
import type { Coverage } from '../contract/coverage/coverage.mts';
import { coverage, printWhereAsked, problemOf, report } from '../contract/coverage/coverage.mts';
import { endpoints } from '../contract/coverage/endpoints.mts';
import type { Engine } from '../support/engine.mts';
import type { Case, Furnished } from '../support/operationCases.mts';
import { cases, furnish, isAi, isOffered, writes } from '../support/operationCases.mts';
import { engineFor, refusal, run } from '../support/paperless.mts';
import { Sandbox } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

/** Values that lead to other requests than the usual ones. */
const variants: ReadonlyArray<[name: string, values: IDataObject]> = [
	['pdf.merge', { options: { deleteOriginals: true } }],
	['shareLink.getAll', { scope: 'all' }],
	['task.get', { taskId: '1' }],
	['system.getLogs', { log: 'mail' }],
	['document.download', { rendition: 'preview' }],
	['document.download', { rendition: 'thumbnail' }],
];

const varied: Case[] = variants.flatMap(([name, values]) =>
	cases
		.filter((one) => one.name === name)
		.map((one) => ({
			...one,
			name: `${name} ${JSON.stringify(values)}`,
			values: { ...one.values, ...values },
		})),
);

/** What the server was asked and did not refuse, as `GET documents/5/`. A call of the API asks whatever a workflow wants. */
const noted = new Map<RecordedName, Set<string>>([
	['2.15.3', new Set()],
	['3.0.5', new Set()],
]);

async function note(sandbox: Sandbox, server: RecordedName, { resource }: Case): Promise<void> {
	const requests = resource === 'apiCall' ? [] : await sandbox.requests();
	// A sandbox has no language model to answer questions.
	const isAnswered = (path: string, status: number) =>
		status < 400 || /\/(chat|ai_suggestions)\/$/.test(path);
	for (const { method, path, status } of requests)
		if (isAnswered(path, status))
			noted.get(server)?.add(`${method} ${path.replace(/^\/api\//, '')}`);
	await sandbox.forgetRequests();
}

describe('a server that is newer than this package', () => {
	let sandbox: Sandbox;
	let engine: Engine;
	let items: INodeExecutionData[];
	let own: Furnished['own'];
	const reset = async () => {
		await sandbox.reset();
		({ items, own } = await furnish(sandbox, engine));
		await sandbox.forgetRequests();
	};
	/** The archive has no document with a password, and the sandbox no language model. */
	const refused = (one: Case): RegExp | undefined => {
		if (isAi(one)) return /AI is required|no route/;
		return one.name === 'pdf.removePassword' ? /not protected by a password/ : undefined;
	};

	beforeAll(async () => {
		sandbox = await Sandbox.start('3.9.0');
		engine = engineFor(sandbox);
		await reset();
	});
	afterAll(async () => await sandbox.close());

	it.each([...cases, ...varied])('does not stop $name', async (tested) => {
		const { name, operation, values: usual } = tested;

		const { error, json } = await run(
			engine,
			operation.value,
			{ ...usual, ...own[name] },
			{ items },
		);
		await note(sandbox, '3.0.5', tested);
		if (writes(tested)) await reset();

		expect(`${name}: ${error?.message ?? 'done'}`).toMatch(refused(tested) ?? /: done$/);
		if (!error) expect(json).not.toEqual([]);
	});

	it('is named by every operation where it no longer speaks the API versions of this package', async () => {
		const future = await Sandbox.start('4.0.0');
		const told = new Set<string>();
		for (const { operation, values: given } of cases) {
			const { message, description } = await refusal(engineFor(future), operation.value, given, {
				items,
			});
			told.add(`${message}: ${description}`);
		}
		await future.close();

		expect([...told]).toEqual([
			'Paperless-ngx refuses the version of the API: This node speaks API versions 8 to 10; this server (4.0.0) offers only newer ones. Update the node.',
		]);
	});
});

const linesOf = (rows: Coverage[]) => {
	const lines: string[] = [];
	const isFine = report(rows, (line) => lines.push(line));
	return { isFine, text: lines.join('\n') };
};

describe('What the operations leave to API Call', () => {
	const { sandbox, engine } = useSandbox('3.0.5');
	beforeAll(async () => {
		const actions = [{ type: 1, assign_title: 'x' }];
		await sandbox.api('POST', 'workflows/', { name: 'Sort', triggers: [{ type: 2 }], actions });
	});
	// The sandbox has no OpenAPI document.
	const left = endpoints.filter(
		({ path, servers, leftOut }) =>
			servers.includes('3.0.5') && leftOut.GET?.kind === 'apiCall' && path !== 'schema/',
	);

	it.each(left.map(({ path }) => path.replace('{}', '1')))(
		'is answered there: %s',
		async (path) => {
			const { error } = await run(engine, 'send', { resource: 'apiCall', path });

			expect(error).toBeUndefined();
		},
	);
});

describe('The operations', () => {
	beforeAll(async () => {
		// What only old servers take.
		const sandbox = await Sandbox.start('2.15.3');
		const engine = engineFor(sandbox);
		const { items, own } = await furnish(sandbox, engine, false);
		await sandbox.forgetRequests();
		for (const one of cases.toReversed().filter((known) => /email|shareLink/.test(known.name))) {
			if (!isOffered(one, '2.15.3')) continue;
			await run(engine, one.operation.value, { ...one.values, ...own[one.name] }, { items });
			await note(sandbox, '2.15.3', one);
		}
		await sandbox.close();
	});

	it('reach every request that the servers take, or a reason says why not', () => {
		const rows = coverage(noted);
		const { text } = linesOf(rows);
		printWhereAsked(text);

		expect(rows.filter((row) => problemOf(row) !== undefined)).toEqual([]);
		expect(text).toMatch(/3\.0\.5: \d{2,} of \d{3} requests covered, \d+ left out/);
	});

	it.each([
		[
			'tags/',
			{ leftOut: { GET: { kind: 'deprecated', reason: 'a reason' } } },
			'covered, but listed as left out',
		],
		['token/', { leftOut: {} }, 'not asked, and no reason is listed'],
		['trash/', { path: 'bin/' }, 'asked by an operation, but in no list of what servers offer'],
	])('are called incomplete when the entry for %s is wrong', (path, change, problem) => {
		const table = endpoints.map((one) => (one.path === path ? { ...one, ...change } : one));

		const { isFine, text } = linesOf(coverage(noted, table));

		expect(isFine).toBe(false);
		expect(text).toContain(problem);
	});
});
