import { byId, refusal, results, run, textFile } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

describe.each(profiles)('around documents, on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	let id: unknown;
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
		const [document] = await results(engine, 'getAll', { limit: 1, filters: { hasTags: true } });
		id = document?.id;
	});

	it('notes are added, listed with their author by name, and deleted by text', async () => {
		const note = { resource: 'note', document: byId(id) };

		const [created] = await results(engine, 'create', { ...note, note: 'Check the amount' });
		const listed = await results(engine, 'getAll', note);
		const [deleted] = await results(engine, 'delete', {
			...note,
			deleteBy: 'text',
			text: 'Check the amount',
		});

		expect(created).toMatchObject({ document: id, note: 'Check the amount', user: 'admin' });
		expect(listed.at(-1)).toEqual(created);
		expect(deleted).toEqual({ deleted: true, id: created?.id, document: id });
	});

	it('a note of another document is never deleted', async () => {
		const [first, second] = await results(engine, 'getAll', { limit: 2 });
		const [created] = await results(engine, 'create', {
			resource: 'note',
			document: byId(first?.id),
			note: 'Mine',
		});

		const refused = await refusal(engine, 'delete', {
			resource: 'note',
			document: byId(second?.id),
			deleteBy: 'id',
			noteId: String(created?.id),
		});
		const left = await results(engine, 'getAll', { resource: 'note', document: byId(first?.id) });

		expect(refused.message).toContain(`has no note ${String(created?.id)}`);
		expect(left.map((note) => note.id)).toContain(created?.id);
	});

	it('documents in the trash are listed, restored and permanently deleted one by one', async () => {
		const [first, second] = await results(engine, 'getAll', { limit: 2 });
		const ids = [first?.id, second?.id];
		const trash = { resource: 'trash', documentId: '={{ $json.id }}' };
		await results(
			engine,
			'delete',
			{ document: '={{ { mode: "id", value: $json.id } }}' },
			{ items: [first, second].map((json) => ({ json: json ?? {} })) },
		);

		const listed = await results(engine, 'getAll', { resource: 'trash', returnAll: true });
		const [restored] = await results(engine, 'restore', trash, {
			items: [{ json: { id: ids[0] as number } }],
		});
		const { json } = await run(engine, 'deletePermanently', trash, {
			items: [...ids, 99999].map((one) => ({ json: { id: one as number } })),
			continueOnFail: true,
		});

		expect(listed.map((row) => row.id).sort()).toEqual([...ids].sort());
		expect(listed[0]).not.toHaveProperty('content');
		expect(restored).toEqual({ id: ids[0], restored: true });
		expect(json.map(({ deleted, error }) => deleted ?? typeof error)).toEqual([
			'string',
			true,
			'string',
		]);
	});

	it('tasks have one format, and are found by their ID, awaited and acknowledged', async () => {
		const item = await textFile(engine, 'A separate task', 'task.txt');
		const [uploaded] = await results(
			engine,
			'upload',
			{ waitForConsumption: false },
			{ items: [item] },
		);
		const task = { resource: 'task', taskId: String(uploaded?.task_id) };

		const [waited] = await results(engine, 'waitFor', task);
		const [got] = await results(engine, 'get', task);
		const [acknowledged] = await results(engine, 'acknowledge', task);
		const listed = await results(engine, 'getAll', {
			resource: 'task',
			filters: { acknowledged: true, type: 'consume_file', status: 'success' },
			returnAll: true,
		});

		expect(waited).toMatchObject({ outcome: 'created', document_id: expect.any(Number) });
		expect(got).toMatchObject({
			type: 'consume_file',
			status: 'success',
			file_name: 'task.txt',
			document_id: waited?.document_id,
		});
		expect(acknowledged).toEqual({ id: got?.id, acknowledged: true });
		expect(listed.map(({ task_id }) => task_id)).toContain(task.taskId);
	});

	it('a task that fails while it is awaited reports the reason, as an error or as data', async () => {
		const broken = await textFile(engine, '%PDF-1.7\nnot really', 'broken.pdf');
		const [sent] = await results(
			engine,
			'upload',
			{ waitForConsumption: false },
			{ items: [broken] },
		);
		const task = { resource: 'task', taskId: String(sent?.task_id) };

		const refused = await refusal(engine, 'waitFor', { ...task, options: { onFailure: 'fail' } });
		const [asData] = await results(engine, 'waitFor', task);

		expect(refused.message).toBe(`Task ${task.taskId} did not create a document`);
		expect(refused.description).toContain('broken.pdf');
		expect(asData).toMatchObject({ outcome: 'failed', document_id: null });
		expect(asData?.message).toContain('broken.pdf');
	});

	it.each(['restore', 'deletePermanently'])(
		'%s of a document that is not in the trash is rejected',
		async (operation) => {
			const trash = { resource: 'trash', documentId: String(id) };

			const refused = await refusal(engine, operation, trash);

			expect(refused.message).toBe(`“Document ID”: Document ${String(id)} is not in the trash`);
			expect(refused.description).toContain('may still be in the archive');
		},
	);

	it('an unknown task is rejected', async () => {
		const { message } = await refusal(engine, 'get', {
			resource: 'task',
			taskId: '00000000-0000-4000-8000-000000000000',
		});

		expect(message).toContain('There is no task 00000000');
	});

	it('files of several documents are returned as one ZIP', async () => {
		const ids = (await results(engine, 'getAll', { limit: 3 })).map((row) => row.id);

		const { items, error } = await run(engine, 'downloadMany', { documentIds: ids.join(', ') });

		expect(error).toBeUndefined();
		const file = items[0]?.binary?.data;
		expect(file).toMatchObject({ fileName: 'documents.zip', mimeType: 'application/zip' });
		expect(file && (await engine.read(file)).subarray(0, 2).toString()).toBe('PK');
	});

	it('the metadata of a document and the next serial number are returned', async () => {
		const [metadata] = await results(engine, 'getMetadata', { document: byId(id) });
		const [next] = await results(engine, 'getNextAsn');

		expect(metadata).toMatchObject({ id, original_checksum: expect.stringMatching(/^[0-9a-f]+$/) });
		expect(next?.next_asn).toEqual(expect.any(Number));
	});

	it('no next serial number is returned that no document can have', async () => {
		await sandbox.api('PATCH', `documents/${id}/`, { archive_serial_number: 2 ** 32 - 1 });

		const refused = await refusal(engine, 'getNextAsn');

		expect(refused.message).toBe('There is no next archive serial number');
		expect(refused.description).toContain('A document has 4294967295');
	});

	it('an e-mail to an invalid address is rejected before it is sent', async () => {
		await sandbox.forgetRequests();

		const { message } = await refusal(engine, 'email', {
			documentIds: String(id),
			to: 'ann@example.com, bob',
			subject: 'Papers',
			message: 'Here they are',
		});
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(message).toContain('“bob” is not an e-mail address');
		expect(writes).toHaveLength(0);
	});
});
