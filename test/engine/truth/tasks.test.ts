import type { IDataObject } from 'n8n-workflow';
import { engineFor, refusal, results, run, textFile } from '../../support/paperless.mts';
import type { Fault } from '../../support/sandbox.mts';
import { profiles, Sandbox } from '../../support/sandbox.mts';
import { useSandbox } from '../../support/useSandbox.mts';

const resource = 'task';

describe.each(profiles)('tasks of Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	let tasks: Array<{ id: number; task_id: string }>;

	beforeAll(async () => {
		await sandbox.settings({ consumptionSeconds: 0, queueSeconds: 0 });
		for (const text of ['One', 'Two']) {
			await results(engine, 'upload', {}, { items: [await textFile(engine, `Task ${text}`)] });
		}
		const listed = await results(engine, 'getAll', { resource, limit: 2 });
		tasks = listed as typeof tasks;
	});
	afterEach(async () => await sandbox.behave());

	const acknowledged = { kind: 'status', method: 'POST', path: 'acknowledge/', status: 200 };
	const pretended = { ...acknowledged, body: { result: 1 } } as Fault;

	it('are not reported as acknowledged where the server only says so', async () => {
		await sandbox.misbehave(pretended);

		const refused = await refusal(engine, 'acknowledge', { resource, taskId: tasks[0]?.task_id });

		expect(refused.message).toContain(`Task ${String(tasks[0]?.id)} was not acknowledged`);
	});

	it.each([
		['get', {}],
		['acknowledge', {}],
		['waitFor', { options: { timeout: 5 } }],
	])(
		'are not taken for the newest one where an expression returns no ID: %s',
		async (operation, more) => {
			const before = await results(engine, 'getAll', { resource, returnAll: true });
			const items = [null, ' ', tasks[1]?.task_id].map((id) => ({ json: { id: id as string } }));

			const { json, refused } = await run(
				engine,
				operation,
				{ resource, taskId: '={{ $json.id }}', ...more },
				{ items, errorOutput: true },
			);

			expect(refused.map((item) => item.json.error)).toEqual(Array(2).fill('“Task ID” is empty'));
			expect(json).toHaveLength(1);
			const after = await results(engine, 'getAll', { resource, returnAll: true });
			const others = (rows: IDataObject[]) => rows.filter(({ id }) => id !== tasks[1]?.id);
			expect(others(after)).toEqual(others(before));
		},
	);

	it('are acknowledged one by one, also where IDs repeat or are unknown', async () => {
		const [first, second] = tasks;
		const ids = [first?.task_id, '99999', String(first?.id), second?.task_id];

		const { json } = await run(
			engine,
			'acknowledge',
			{ resource, taskId: '={{ $json.id }}' },
			{ items: ids.map((id) => ({ json: { id: id as string } })), continueOnFail: true },
		);

		expect(json).toMatchObject([
			{ id: first?.id, acknowledged: true },
			{ error: expect.stringContaining('There is no task 99999') },
			{ id: first?.id, acknowledged: true },
			{ id: second?.id, acknowledged: true },
		]);
		const left = await results(engine, 'getAll', { resource, filters: { acknowledged: false } });
		expect(left.map(({ id }) => id)).not.toContain(first?.id);
	});
});

describe('a task that Paperless-ngx 3.0.5 is asked to run', () => {
	it('is not reported as started without its ID', async () => {
		const sandbox = await Sandbox.start('3.0.5');
		const fault = { kind: 'status', method: 'POST', path: 'run/', status: 200, body: {} };
		await sandbox.misbehave(fault as Fault);

		const refused = await refusal(engineFor(sandbox), 'run', { resource, task: 'sanity_check' });
		await sandbox.close();

		expect(refused.message).toContain('did not start the task');
	});
});
