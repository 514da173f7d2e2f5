import type { Engine } from '../support/engine.mts';
import { engineFor, refusal, results, run } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('the server itself, Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	let reader: Engine;
	const search = { resource: 'search' };
	const system = { resource: 'system' };
	const isNew = profile === '3.0.5';

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
		reader = engineFor(sandbox, 'reader');
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => await sandbox.forgetRequests());

	const asked = async (method = 'GET') =>
		(await sandbox.requests())
			.filter((request) => request.method === method)
			.map(({ path }) => path.replace('/api/', ''));

	it('finds objects of all kinds by a word, without the text of documents', async () => {
		const [found] = await results(engine, 'global', { ...search, searchText: ' invoice ' });

		const documents = found?.documents as Array<Record<string, unknown>>;
		expect(documents.map(({ title }) => title)).toContain('Power invoice 1/2024');
		expect(documents.filter((document) => 'content' in document)).toEqual([]);
		expect(found?.tags).toMatchObject([{ name: 'invoice' }]);
		expect(found?.document_types).toMatchObject([{ name: 'Invoice' }]);
	});

	it('searches only names when asked to', async () => {
		const asks = { ...search, searchText: 'membership' };

		const [everywhere] = await results(engine, 'global', asks);
		const [inNames] = await results(engine, 'global', { ...asks, namesOnly: true });

		expect(everywhere?.documents).toMatchObject([{ title: 'Library card' }]);
		expect(inNames?.documents).toEqual([]);
	});

	it('rejects a search text that is too short', async () => {
		const refused = await refusal(engine, 'global', { ...search, searchText: ' in ' });

		expect(refused.message).toBe('“Search Text” is too short');
		expect(await asked()).toEqual([]);
	});

	it('completes the beginning of a word, up to the limit', async () => {
		const asks = { ...search, term: 'me' };

		const [all] = await results(engine, 'autocomplete', asks);
		const [one] = await results(engine, 'autocomplete', { ...asks, limit: 1 });
		const refused = await refusal(engine, 'autocomplete', { ...asks, limit: 1.5 });

		expect(all).toMatchObject({ term: 'me', words: expect.arrayContaining(['membership']) });
		expect(one?.words).toHaveLength(1);
		expect(refused.message).toContain('must be a whole number');
	});

	it.each([
		['getStatistics', ['statistics/'], { documents_total: 6 }],
		['getStatus', ['status/'], { pngx_version: profile }],
		['getConfiguration', ['config/'], { id: 1, language: null }],
		['getCurrentUser', ['ui_settings/'], { username: 'admin', is_superuser: true }],
		[
			'checkForUpdate',
			['remote_version/'],
			{ installed_version: profile, latest_version: null, update_available: false },
		],
		[
			'getSensors',
			['statistics/', 'status/', 'remote_version/'],
			{ documents_total: 6, database_status: 'OK', installed_version: profile },
		],
	])(
		'is asked by %s once, regardless of the number of items',
		async (operation, paths, expected) => {
			const items = Array.from({ length: 5 }, (_, index) => ({ json: { index } }));

			const answer = await run(engine, operation, system, { items });

			expect(answer.error).toBeUndefined();
			expect(answer.json).toHaveLength(5);
			for (const json of answer.json) expect(json).toMatchObject(expected);
			expect(answer.items.map(({ pairedItem }) => pairedItem)).toEqual(
				items.map((_, item) => ({ item })),
			);
			expect(await asked()).toEqual(paths);
		},
	);

	it('returns the last lines of a log, and no lines of a log that does not exist yet', async () => {
		const [lines] = await results(engine, 'getLogs', { ...system, lines: 2 });
		const [none] = await results(engine, 'getLogs', { ...system, log: 'mail' });

		expect(lines).toMatchObject({ log: 'paperless' });
		expect(lines?.lines).toHaveLength(2);
		expect((lines?.lines as string[])[1]).toContain('waiting');
		expect(none).toEqual({ log: 'mail', lines: [] });
	});

	it.each([
		['getStatus', system, 'marked as “Admin” may read the status'],
		['getLogs', system, 'marked as “Admin” may read logs'],
		['run', { resource: 'task', task: 'sanity_check' }, 'marked as “Superuser” may start tasks'],
	])('rejects %s for a read-only user and names the missing permission', async (...row) => {
		const [operation, parameters, words] = row;

		const refused = await refusal(reader, operation, parameters);

		expect(refused.message).toBe('The token’s user may not do this');
		expect(refused.description).toContain(words);
	});

	it('returns sensors to a read-only user, without those of the status', async () => {
		const [sensors] = await results(reader, 'getSensors', system);

		expect(sensors).toMatchObject({
			database_status: null,
			storage_available_bytes: null,
			installed_version: profile,
		});
		expect(sensors?.documents_total).toEqual(expect.any(Number));
	});

	it('changes its configuration, but rejects unknown settings', async () => {
		const update = (settings: string) => ({ ...system, settings });

		const [changed] = await results(
			engine,
			'updateConfiguration',
			update('{"language":"deu+eng"}'),
		);
		await results(engine, 'updateConfiguration', update('{"language":null}'));
		const unknown = await refusal(engine, 'updateConfiguration', update('{"tongue":"deu"}'));
		const empty = await refusal(engine, 'updateConfiguration', update('{}'));
		const list = await refusal(engine, 'updateConfiguration', update('["deu"]'));

		expect(changed).toMatchObject({ id: 1, language: 'deu+eng' });
		expect(unknown.message).toContain('There is no setting tongue');
		expect(unknown.description).toContain('language');
		expect(empty.message).toContain('No setting is given');
		expect(list.message).toContain('is not a JSON object');
		expect(await asked('PATCH')).toHaveLength(2);
	});

	it('keeps the changes of all items, which it would lose at the same time', async () => {
		const items = [{ pages: 3 }, { image_dpi: 300 }, { app_title: 'Archive' }].map((json) => ({
			json,
		}));

		const { json, error } = await run(
			engine,
			'updateConfiguration',
			{ ...system, settings: '={{ JSON.stringify($json) }}' },
			{ items },
		);
		const [configuration] = await results(engine, 'getConfiguration', system);
		await results(engine, 'updateConfiguration', {
			...system,
			settings: '{"pages":null,"image_dpi":null,"app_title":null}',
		});

		expect(error).toBeUndefined();
		expect(configuration).toMatchObject({ pages: 3, image_dpi: 300, app_title: 'Archive' });
		expect(json.map(({ changes }) => changes)).toEqual([
			{ pages: { from: null, to: 3 } },
			{ image_dpi: { from: null, to: 300 } },
			{ app_title: { from: null, to: 'Archive' } },
		]);
	});

	it('takes settings of JSON as objects and writes only what is different', async () => {
		const update = async (settings: object) =>
			(
				await results(engine, 'updateConfiguration', {
					...system,
					settings: JSON.stringify(settings),
				})
			)[0];

		const changed = await update({ user_args: { pages: [1, 2], deskew: true } });
		await sandbox.forgetRequests();
		const same = await update({ user_args: { deskew: true, pages: [1, 2] }, app_title: '' });
		const writes = await asked('PATCH');
		const cleared = await update({ user_args: null });

		expect(changed).toMatchObject({ updated: true });
		expect(JSON.parse(String(changed?.user_args))).toEqual({ pages: [1, 2], deskew: true });
		expect(same).toMatchObject({ updated: false, changes: {}, user_args: changed?.user_args });
		expect(writes).toEqual([]);
		expect(cleared).toMatchObject({ updated: true, user_args: null });
	});

	it('shows a language that is emptied as the server then has it', async () => {
		const update = async (language: string) =>
			await results(engine, 'updateConfiguration', {
				...system,
				settings: JSON.stringify({ language }),
			});
		await update('deu');

		const [emptied] = await update('');
		const [same] = await update('');

		expect(emptied).toMatchObject({
			language: null,
			updated: true,
			changes: { language: { from: 'deu', to: null } },
		});
		expect(same).toMatchObject({ language: null, updated: false });
	});

	if (profile === '3.0.5') {
		it('keeps a secret whose mask is sent back, and says so', async () => {
			const update = async (settings: object) =>
				await results(engine, 'updateConfiguration', {
					...system,
					settings: JSON.stringify(settings),
				});
			await update({ llm_api_key: 'sk-1' });

			const [configuration] = await results(engine, 'getConfiguration', system);
			const [same] = await update({ llm_api_key: configuration?.llm_api_key });
			const [changed] = await update({ llm_api_key: 'sk-2' });
			await update({ llm_api_key: null });

			expect(same).toMatchObject({ updated: false, changes: {} });
			expect(changed).toMatchObject({ updated: true });
		});
	}

	it('that stores another value than asked for has not changed its configuration', async () => {
		const body = { id: 1, language: 'eng', pages: 5 };
		await sandbox.misbehave({ method: 'PATCH', kind: 'status', status: 200, body });

		const refused = await refusal(engine, 'updateConfiguration', {
			...system,
			settings: '{"language":"deu","pages":"5"}',
		});

		expect(refused.message).toContain('The server did not take over language');
		expect(refused.description).toBe('It reported success, yet language is "eng".');
	});

	it('is read but not changed with a credential that is set to Read Only', async () => {
		const readOnly = engineFor(sandbox, 'admin', { readOnly: true });

		const refused = await refusal(readOnly, 'updateConfiguration', {
			...system,
			settings: '{"language":"deu"}',
		});
		const run = await refusal(readOnly, 'run', { resource: 'task', task: 'sanity_check' });
		const [configuration] = await results(readOnly, 'getConfiguration', system);

		expect(refused.message).toBe('The credential is set to Read Only');
		expect(run.message).toBe('The credential is set to Read Only');
		expect(configuration).toMatchObject({ language: null });
		expect(await asked()).toEqual(['config/']);
	});

	it('runs tasks at once before 3.0 and returns their result, and queues them later', async () => {
		const start = async (task: string) =>
			(await results(engine, 'run', { resource: 'task', task }))[0];

		const checked = await start('sanity_check');
		const trained = await start('train_classifier');

		if (isNew) {
			const [task] = await results(engine, 'get', {
				resource: 'task',
				taskId: String(checked?.task_id),
			});
			expect(checked).toEqual({ task: 'sanity_check', task_id: task?.task_id, result: null });
			expect(task).toMatchObject({ type: 'sanity_check', status: 'success' });
			expect(trained?.task_id).toEqual(expect.any(String));
		} else {
			expect(checked).toEqual({
				task: 'sanity_check',
				task_id: null,
				result: 'No issues detected.',
			});
			expect(trained).toEqual({ task: 'train_classifier', task_id: null, result: null });
		}
	});

	it('starts only tasks that its version supports', async () => {
		const start = { resource: 'task', task: isNew ? 'index_optimize' : 'llm_index' };
		const other = { resource: 'task', task: isNew ? 'llm_index' : 'index_optimize' };

		const refused = await refusal(engine, 'run', start);
		const sent = await asked('POST');
		const [started] = await results(engine, 'run', other);

		expect(refused.message).toBe(
			isNew
				? 'This server optimizes its index automatically'
				: `AI needs Paperless-ngx 3.0 or later; this server is ${profile}`,
		);
		expect(sent).toEqual([]);
		expect(started).toMatchObject({ task: other.task });
	});
});
