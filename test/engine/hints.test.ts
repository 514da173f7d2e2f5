import { Engine } from '../support/engine.mts';
import { byId, engineFor, PaperlessNgxTool, run, textFile, types } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('hints beside the output, on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	const hints = async (parameters: object, operation = 'getAll', items = [{ json: {} }]) => {
		const { error, hints: given } = await run(engine, operation, parameters, { items });
		expect(error).toBeUndefined();
		return given;
	};
	const everything = { filters: { dates: { rows: [{ field: 'created', date: '1900-01-01' }] } } };

	it('say what the limit left out, once per run', async () => {
		const { json } = await run(engine, 'getAll', { returnAll: true });
		const two = [{ json: {} }, { json: {} }];

		const given = await hints({ limit: 2 }, 'getAll', two);

		expect(given).toEqual([
			expect.stringContaining(`2 of ${json.length} documents`),
			'The next node runs once for each document.',
		]);
	});

	it('say what the limit left out of any list, also one that is filtered here', async () => {
		const tags = { resource: 'tag', limit: 2 };
		const { json } = await run(engine, 'getAll', { resource: 'tag', returnAll: true });
		const left = (count: number, plural: string) =>
			expect.stringContaining(`The limit cut the result: 2 of ${count} ${plural}.`);

		expect(await hints(tags)).toEqual([left(json.length, 'tags')]);
		expect(await hints({ resource: 'tag', returnAll: true })).toEqual([]);
		await run(engine, 'delete', {
			resource: 'documentBulk',
			target: 'ids',
			documentIds: '2, 5, 6',
		});
		expect(await hints({ resource: 'trash', limit: 2 })).toEqual([left(3, 'documents')]);
	});

	it('say what the limit left out of lists with routes of their own', async () => {
		const one = { limit: 1 };
		const link = { resource: 'shareLink', document: byId(5) };
		await run(engine, 'create', link);
		await run(engine, 'create', link);
		for (const name of ['First', 'Second'])
			await run(engine, 'create', {
				resource: 'workflow',
				workflowJson: JSON.stringify({ name, triggers: [{ type: 2 }], actions: [] }),
			});
		const letter = (number: number) =>
			textFile(
				engine,
				`Letter ${number} about the zeppelins of Lake Constance`,
				`limit-${number}.txt`,
			);
		const items = [await letter(1), await letter(2), await letter(3)];
		const [{ id } = {}] = (await run(engine, 'upload', {}, { items })).json;
		const said = async (parameters: object, operation?: string) =>
			(await hints({ ...one, ...parameters }, operation))[0];
		const cut = (plural: string) =>
			expect.stringMatching(`^The limit cut the result: 1 of \\d+ ${plural}\\.`);

		expect(await said(link)).toEqual(cut('share links'));
		expect(await said({ ...link, scope: 'document' })).toEqual(cut('share links'));
		expect(await said({ resource: 'workflow' })).toEqual(cut('workflows'));
		expect(await said({ resource: 'task' })).toEqual(cut('tasks'));
		expect(await said({ resource: 'task', filters: { name: 'limit-' } })).toEqual(
			expect.stringContaining('1 of 3 tasks'),
		);
		expect(await said({ document: byId(id) }, 'getSimilar')).toEqual(cut('documents'));
		expect(await hints({ ...link, returnAll: true })).toEqual([]);
	});

	it('say nothing of a limit that cuts nothing, nor of one document', async () => {
		expect(await hints({ returnAll: true })).toEqual([
			'The next node runs once for each document.',
		]);
		expect(await hints({ filters: { ids: '1' } })).toEqual([]);
	});

	it('say that the filters match every document', async () => {
		const { json } = await run(engine, 'getAll', { returnAll: true });

		expect(await hints({ ...everything, returnAll: true })).toContain(
			`The filters match all ${json.length} documents of the archive.`,
		);
		expect(
			await hints(
				{
					resource: 'documentBulk',
					target: 'filter',
					addTags: ['Inbox'],
					dryRun: true,
					...everything,
				},
				'updateTags',
			),
		).toEqual([`The filters match all ${json.length} documents of the archive.`]);
	});

	it('say that the index may lag where a search finds nothing soon after a change', async () => {
		const search = { searchMode: 'allWords', searchText: 'zeppelin' };
		await sandbox.holdIndex();
		await run(engine, 'upload', {}, { items: [await textFile(engine, 'A zeppelin', 'z.txt')] });

		expect(await hints(search)).toEqual([expect.stringContaining('within the last minute')]);
		await sandbox.holdIndex(false);
		expect(await hints(search)).toEqual([]);
	});

	it('are not for a model, and cost it no request', async () => {
		const asTool = new Engine(
			{ ...types, node: new PaperlessNgxTool() },
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
		);
		await sandbox.forgetRequests();
		const before = await run(engine, 'getAll', { ...everything, returnAll: true });
		const asked = (await sandbox.requests()).length;
		await sandbox.forgetRequests();

		const tool = await run(asTool, 'getAll', { ...everything, returnAll: true });

		expect(before.hints).not.toEqual([]);
		expect(tool.hints).toEqual([]);
		expect((await sandbox.requests()).length).toBeLessThan(asked);
	});
});

describe('an n8n without hints', () => {
	it('gets the items all the same', () => {
		expect(types.node.description.hints).toBeUndefined();
	});
});
