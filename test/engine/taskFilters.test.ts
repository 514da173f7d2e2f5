import type { IDataObject } from 'n8n-workflow';
import { byName, engineFor, refusal, results, textFile } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

describe.each(profiles)('a list of tasks on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);

	beforeAll(async () => {
		await sandbox.settings({ consumptionSeconds: 0, queueSeconds: 0 });
		await results(engine, 'upload', {}, { items: [await textFile(engine, 'One', 'one.txt')] });
		const bulk = { resource: 'documentBulk', target: 'ids', documentIds: '2' };
		await results(engine, 'reprocess', bulk);
	});

	const listed = async (filters: IDataObject) =>
		await results(engine, 'getAll', { resource: 'task', returnAll: true, filters });

	it('has those of an owner and up to a time', async () => {
		const mine = await listed({ owner: byName('admin'), name: 'one.txt' });
		const theirs = await listed({ owner: byName('clerk'), name: 'one.txt' });
		const early = await listed({ createdBefore: '2001-01-01', name: 'one.txt' });
		const late = await listed({ createdBefore: '2100-01-01', name: 'one.txt' });

		expect([mine, theirs, early, late].map(({ length }) => length)).toEqual([1, 0, 0, 1]);
	});

	it('finds one by the id of its row as by its UUID', async () => {
		const [task] = await listed({ name: 'one.txt' });
		const get = async (taskId: unknown) =>
			await results(engine, 'get', { resource: 'task', taskId: String(taskId) });

		expect(await get(task?.id)).toEqual(await get(task?.task_id));
		expect(task?.task_id).toEqual(expect.any(String));
		const refused = await refusal(engine, 'get', { resource: 'task', taskId: '99999' });
		expect(refused.message).toBe('“Task ID”: There is no task 99999');
	});

	it('has those that have a file with such a name, and no others', async () => {
		expect(await listed({ name: 'consume' })).toEqual([]);
		expect(await listed({ name: 'upload' })).toEqual([]);
	});

	if (profile === '3.0.5') {
		it('is summed up by type, with what nobody has acknowledged', async () => {
			const summaryOf = async () =>
				await results(engine, 'getSummary', { resource: 'task', days: 1 });
			const [before] = await summaryOf();
			const [task] = await listed({ name: 'one.txt' });
			await results(engine, 'acknowledge', { resource: 'task', taskId: String(task?.id) });
			const [after] = await summaryOf();

			expect(before).toMatchObject({
				days: 1,
				types: expect.arrayContaining([
					expect.objectContaining({ task_type: 'consume_file', total_count: 7, failure_count: 0 }),
				]),
			});
			const openOf = (item: IDataObject | undefined) => item?.unacknowledged as IDataObject;
			expect(openOf(after).all).toBe(Number(openOf(before).all) - 1);
			expect(after?.types).toEqual(before?.types);
		});

		it('is summed up for who may monitor the system and not see tasks', async () => {
			const users = await sandbox.api<{ results: Array<{ id: number; username: string }> }>(
				'GET',
				'users/',
			);
			const reader = users.results.find(({ username }) => username === 'reader');
			await sandbox.api('PATCH', `users/${reader?.id}/`, {
				user_permissions: ['view_system_monitoring'],
			});
			const own = engineFor(sandbox, 'reader');

			const [summary] = await results(own, 'getSummary', { resource: 'task' });

			expect(summary).toMatchObject({ days: 30, unacknowledged: null });
			expect(summary?.types).not.toEqual([]);
		});

		it('has those of any type, of a source, and with a result', async () => {
			const [updated] = await listed({ type: 'bulk_update' });
			const [uploaded] = await listed({ triggerSource: 'api_upload', name: 'one.txt' });
			const ofDocument = { result: String(uploaded?.document_id), name: 'one.txt' };
			const found = await listed(ofDocument);

			expect(updated ?? (await listed({ type: 'reprocess_document' }))[0]).toBeDefined();
			expect(uploaded).toMatchObject({ file_name: 'one.txt' });
			expect(found).toHaveLength(1);
			expect(await listed({ triggerSource: 'folder_consume' })).toEqual([]);
		});
	} else {
		it.each([{ type: 'mail_fetch' }, { triggerSource: 'manual' }, { result: 'x' }])(
			'refuses what only newer servers know: %j',
			async (filters) => {
				const refused = await refusal(engine, 'getAll', { resource: 'task', filters });

				expect(refused.message).toContain('needs Paperless-ngx 3.0 or later');
			},
		);
	}

	it('has those that have ended, or those that have not', async () => {
		await sandbox.settings({ queueSeconds: 3600 });
		const waiting = await textFile(engine, 'Two', 'two.txt');
		await results(
			engine,
			'upload',
			{ options: { waitForConsumption: false } },
			{ items: [waiting] },
		);
		const names = async (finished: boolean) =>
			(await listed({ finished })).map(({ file_name: name }) => name);

		expect(await names(false)).toEqual(['two.txt']);
		expect(await names(true)).toContain('one.txt');
		expect(await names(true)).not.toContain('two.txt');
	});
});
