import { byId, byName, refusal, results, run, textFile } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

describe.each(profiles)('the main job on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	it('uploads a file, creates missing names, waits, and returns the document', async () => {
		const item = await textFile(engine, 'Gas for May, 12 cubic metres', 'gas.txt');

		const [uploaded] = await results(
			engine,
			'upload',
			{
				additionalFields: {
					title: 'Gas May',
					created: '2024-05-31T23:30:00+02:00',
					correspondent: byName('Gas Works'),
					documentType: byName('Bill'),
					tags: 'Utility, invoice',
					archiveSerialNumber: 77,
					note: 'Read by the meter man',
				},
				options: { createIfMissing: true },
			},
			{ items: [item] },
		);

		expect(uploaded).toMatchObject({
			status: 'created',
			file_name: 'gas.txt',
			document: {
				title: 'Gas May',
				created: '2024-05-31',
				correspondent: 'Gas Works',
				document_type: 'Bill',
				tags: expect.arrayContaining(['Utility', 'invoice']),
				archive_serial_number: 77,
			},
		});
		const notes = await sandbox.api<Array<{ note: string }>>(
			'GET',
			`documents/${uploaded?.id}/notes/`,
		);
		expect(notes.map(({ note }) => note)).toEqual(['Read by the meter man']);
	});

	it('sets custom fields at upload, even if the server does not accept them then', async () => {
		const item = await textFile(engine, 'Contract about a garden', 'garden.txt');
		const fields = await sandbox.api<{
			results: Array<{ id: number; name: string; data_type: string }>;
		}>('GET', 'custom_fields/?page_size=100');
		const field = (type: string) => fields.results.find(({ data_type }) => data_type === type);

		const [uploaded] = await results(
			engine,
			'upload',
			{
				customFields: {
					mappingMode: 'defineBelow',
					value: {
						[String(field('string')?.id)]: 'G-12',
						[String(field('monetary')?.id)]: 'EUR12',
						[String(field('date')?.id)]: '2025-01-31T00:00:00',
						[String(field('boolean')?.id)]: true,
					},
				},
			},
			{ items: [item] },
		);

		expect(uploaded).toMatchObject({
			document: {
				custom_fields: {
					[field('string')?.name ?? '']: 'G-12',
					[field('monetary')?.name ?? '']: 'EUR12.00',
					[field('date')?.name ?? '']: '2025-01-31',
					[field('boolean')?.name ?? '']: true,
				},
			},
		});
	});

	it('keeps the braces of a title', async () => {
		const item = await textFile(engine, 'Braces everywhere', 'braces.txt');

		const [uploaded] = await results(
			engine,
			'upload',
			{ additionalFields: { title: 'Plan {A} and {{B}}' } },
			{ items: [item] },
		);

		expect(uploaded).toMatchObject({ document: { title: 'Plan {A} and {{B}}' } });
	});

	it('recognizes a file that is in the archive, and fails, returns or updates the existing document', async () => {
		const item = await textFile(engine, 'Once and only once', 'once.txt');
		const [first] = await results(engine, 'upload', {}, { items: [item] });

		const refused = await run(engine, 'upload', {}, { items: [item] });
		const [returned] = await results(
			engine,
			'upload',
			{ options: { onDuplicate: 'returnExisting' } },
			{ items: [item] },
		);
		const [updated] = await results(
			engine,
			'upload',
			{
				additionalFields: { title: 'Seen again', tags: ['invoice'] },
				options: { onDuplicate: 'updateExisting' },
			},
			{ items: [item] },
		);

		expect(refused.error?.message).toBe(
			`“once.txt” is already in the archive as document #${first?.id}`,
		);
		expect(returned).toMatchObject({
			status: 'duplicate',
			id: first?.id,
			existing_document_id: first?.id,
		});
		expect(updated).toMatchObject({
			status: 'duplicate',
			document: { title: 'Seen again', tags: expect.arrayContaining(['invoice']) },
		});
		const { count } = await sandbox.api<{ count: number }>(
			'GET',
			'documents/?title__iexact=Seen%20again',
		);
		expect(count).toBe(1);
	});

	it('sends a file once when two items carry it', async () => {
		const item = await textFile(engine, 'Twins', 'twin.txt');

		const uploaded = await results(
			engine,
			'upload',
			{ options: { onDuplicate: 'returnExisting' } },
			{ items: [item, item] },
		);

		expect(uploaded.map(({ status }) => status)).toEqual(['created', 'duplicate']);
		expect(uploaded[1]?.id).toBe(uploaded[0]?.id);
	});

	it('stores a name with quotation marks under the name that it reports', async () => {
		const item = await textFile(engine, 'Bill for May', 'Bill "May", 100%.txt');
		const written = { input: 'text', text: 'Bill for June', fileName: 'Bill "June".txt' };

		const [sent] = await results(engine, 'upload', {}, { items: [item] });
		const [made] = await results(engine, 'upload', written);

		expect(sent).toMatchObject({
			file_name: "Bill 'May', 100%.txt",
			document: { original_file_name: "Bill 'May', 100%.txt", title: "Bill 'May', 100%" },
		});
		expect(made).toMatchObject({
			file_name: "Bill 'June'.txt",
			document: { original_file_name: "Bill 'June'.txt" },
		});
	});

	it('names each of two files that are in the archive already by its own name', async () => {
		const items = await Promise.all(
			['first.txt', 'left.txt', 'right.txt'].map((name) => textFile(engine, 'The same', name)),
		);
		await results(engine, 'upload', {}, { items: items.slice(0, 1) });

		const uploaded = await results(
			engine,
			'upload',
			{ options: { onDuplicate: 'returnExisting' } },
			{ items: items.slice(1) },
		);

		expect(uploaded.map(({ reason }) => String(reason).split(' ')[0])).toEqual([
			'“left.txt”',
			'“right.txt”',
		]);
	});

	it('uploads every file of an item when no field is named', async () => {
		const one = await textFile(engine, 'First of two files', 'one.txt');
		const two = await textFile(engine, 'Second of two files', 'two.txt');

		const uploaded = await results(
			engine,
			'upload',
			{ inputDataFieldName: '' },
			{ items: [{ json: {}, binary: { one: one.binary.data, two: two.binary.data } }] },
		);

		expect(uploaded.map(({ file_name, status }) => [file_name, status])).toEqual([
			['one.txt', 'created'],
			['two.txt', 'created'],
		]);
	});

	it('uploads no file where an expression names no field', async () => {
		const one = await textFile(engine, 'First of two files', 'one.txt');
		const two = await textFile(engine, 'Second of two files', 'two.txt');
		const items = [{ json: {}, binary: { one: one.binary.data, two: two.binary.data } }];

		for (const inputDataFieldName of ['={{ $json.missing }}', '={{ "" }}', '={{ " " }}']) {
			const { message } = await refusal(engine, 'upload', { inputDataFieldName }, { items });
			expect(message).toContain('“Input Data Field Name” must be text');
		}
	});

	it('uploads a file once whose field is named twice', async () => {
		const item = await textFile(engine, 'A single file', 'one.txt');

		const uploaded = await results(
			engine,
			'upload',
			{ inputDataFieldName: 'data, data' },
			{ items: [item] },
		);

		expect(uploaded.map(({ status }) => status)).toEqual(['created']);
	});

	it('returns at once with the task when it does not wait', async () => {
		await sandbox.settings({ consumptionSeconds: 60 });
		const item = await textFile(engine, 'No hurry', 'slow.txt');

		const [uploaded] = await results(
			engine,
			'upload',
			{ waitForConsumption: false },
			{ items: [item] },
		);

		expect(uploaded).toMatchObject({
			status: 'pending',
			id: null,
			task_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
		});
	});

	it('reports the status pending and the fields that are not set after the timeout', async () => {
		await sandbox.settings({ consumptionSeconds: 60 });
		const item = await textFile(engine, 'Too slow', 'slower.txt');

		const [uploaded] = await results(
			engine,
			'upload',
			{ additionalFields: { note: 'later' }, options: { timeout: 1 } },
			{ items: [item] },
		);

		expect(uploaded).toMatchObject({
			status: 'pending',
			reason: expect.stringContaining('Not set: note'),
		});
	});

	it('gets documents by ID, URL, serial number and title, in the order of the items', async () => {
		const [some] = await results(engine, 'getAll', { returnAll: true });
		await sandbox.api('PATCH', `documents/${some?.id}/`, { archive_serial_number: 4711 });
		const locators = [
			byId(some?.id),
			{ __rl: true, mode: 'url', value: `${sandbox.url}/documents/${some?.id}/details` },
			{ __rl: true, mode: 'asn', value: '4711' },
			{ __rl: true, mode: 'title', value: String(some?.title) },
		];

		const { items, error } = await run(
			engine,
			'get',
			{ document: '={{ $json.document }}' },
			{ items: locators.map((document) => ({ json: { document } })) },
		);

		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.id)).toEqual(Array(4).fill(some?.id));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
	});

	it('returns a document simplified, raw and with selected fields', async () => {
		const [{ id } = {}] = await results(engine, 'getAll', { limit: 1 });
		const document = byId(id);

		const [simplified] = await results(engine, 'get', { document });
		const [raw] = await results(engine, 'get', { document, output: 'raw' });
		const [selected] = await results(engine, 'get', {
			document,
			output: 'selected',
			selectedFields: ['title', 'content'],
		});
		const [cut] = await results(engine, 'get', {
			document,
			options: { includeContent: true, contentMaxLength: 5 },
		});

		expect(simplified).toMatchObject({ url: `${sandbox.url}/documents/${id}` });
		expect(simplified).not.toHaveProperty('content');
		expect(raw).toHaveProperty('content');
		expect(raw).toHaveProperty('user_can_change');
		expect(Object.keys(selected ?? {}).sort()).toEqual(['content', 'id', 'title']);
		expect(String(cut?.content)).toHaveLength(5);
	});

	it('changes fields, tags and custom fields, and leaves everything else unchanged', async () => {
		const [before] = await sandbox
			.api<{
				results: Array<Record<string, unknown>>;
			}>('GET', 'documents/?page_size=1&has_custom_fields=true')
			.then(({ results: rows }) => rows);
		const instances = before?.custom_fields as Array<{ field: number; value: unknown }>;
		const text = await sandbox.api<{ results: Array<{ id: number; name: string }> }>(
			'GET',
			'custom_fields/?name__iexact=Reference',
		);
		const mapped = text.results[0] ? { [text.results[0].id]: 'changed' } : {};

		const [updated] = await results(engine, 'update', {
			document: byId(before?.id),
			updateFields: {
				title: 'Changed',
				addTags: ['Brand new'],
				correspondent: byName('New correspondent'),
			},
			customFields: { mappingMode: 'defineBelow', value: mapped },
			options: { createIfMissing: true },
		});
		const after = await sandbox.api<Record<string, unknown>>('GET', `documents/${before?.id}/`);

		expect(updated).toMatchObject({ id: before?.id, updated: true });
		expect(after.title).toBe('Changed');
		expect(after.tags).toEqual(expect.arrayContaining(before?.tags as number[]));
		expect(after.tags).toHaveLength((before?.tags as number[]).length + 1);
		expect((after.custom_fields as unknown[]).length).toBeGreaterThanOrEqual(instances.length);
		expect(after.content).toBe(before?.content);
		expect(after.owner).toBe(before?.owner);
	});

	it.each(['upload', 'update'])(
		'creates nothing where a text would become very many names: %s',
		async (operation) => {
			const item = await textFile(engine, 'Subject with many commas', 'many.txt');
			const tags = Array.from({ length: 51 }, (_, at) => `Planted ${at}`).join(', ');
			const { results: rows } = await sandbox.api<{ results: Array<{ id: number }> }>(
				'GET',
				'documents/?page_size=1',
			);
			const fields =
				operation === 'upload'
					? { additionalFields: { tags } }
					: { document: byId(rows[0]?.id), updateFields: { addTags: tags } };

			const { error } = await engine.run({
				parameters: {
					resource: 'document',
					operation,
					...fields,
					options: { createIfMissing: true },
				},
				items: [item],
			});
			const created = await sandbox.api<{ count: number }>(
				'GET',
				'tags/?name__istartswith=Planted',
			);

			expect(error?.message).toContain('51 names do not exist yet');
			expect(error?.description).toContain('{{ [$json.subject] }}');
			expect(created.count).toBe(0);
		},
	);

	it('takes a list of one name as one name, whatever commas it has', async () => {
		const item = await textFile(engine, 'Subject with one comma', 'one.txt');

		const [uploaded] = await results(
			engine,
			'upload',
			{ additionalFields: { tags: ['Invoice, Approved'] }, options: { createIfMissing: true } },
			{ items: [item] },
		);

		const { tags } = uploaded?.document as { tags: string[] };
		expect(tags.filter((tag) => tag !== 'Inbox')).toEqual(['Invoice, Approved']);
	});

	it('clears a field only when asked to', async () => {
		const { results: rows } = await sandbox.api<{ results: Array<{ id: number }> }>(
			'GET',
			'documents/?page_size=1&correspondent__isnull=false',
		);
		const document = byId(rows[0]?.id);
		const read = async () =>
			await sandbox.api<Record<string, unknown>>('GET', `documents/${rows[0]?.id}/`);

		await results(engine, 'update', { document, updateFields: { title: 'Kept', addTags: [] } });
		const kept = await read();
		await results(engine, 'update', { document, updateFields: { clear: ['correspondent'] } });
		const cleared = await read();

		expect(kept.correspondent).not.toBeNull();
		expect(cleared.correspondent).toBeNull();
		expect(cleared.title).toBe('Kept');
	});

	it.each(['archived', 'original', 'preview', 'thumbnail'])(
		'downloads the %s file',
		async (rendition) => {
			const pdf = await sandbox.api<{ results: Array<{ id: number }> }>(
				'GET',
				'documents/?mime_type=pdf&page_size=1',
			);

			const { items, error } = await run(engine, 'download', {
				document: byId(pdf.results[0]?.id),
				rendition,
				outputDataFieldName: 'file',
			});

			expect(error).toBeUndefined();
			const file = items[0]?.binary?.file;
			expect(file?.mimeType).toBe(rendition === 'thumbnail' ? 'image/webp' : 'application/pdf');
			expect(file?.fileName).toMatch(rendition === 'thumbnail' ? /webp$/ : /\.pdf$/);
			if (file) expect((await engine.read(file)).byteLength).toBeGreaterThan(20);
		},
	);

	it('downloads an uploaded file unchanged, with its name', async () => {
		const text = `Straße, größer, naïve – ${'x'.repeat(300_000)}`;
		const item = await textFile(engine, text, 'Über größe, "a".txt');
		const [uploaded] = await results(engine, 'upload', {}, { items: [item] });

		const { items } = await run(engine, 'download', {
			document: byId(uploaded?.id),
			rendition: 'original',
		});

		const file = items[0]?.binary?.data;
		expect(file && (await engine.read(file)).toString()).toBe(text);
		expect(file?.fileName).toContain('größe');
	});

	it('moves many documents to the trash in one request, and says so', async () => {
		const all = await results(engine, 'getAll', { returnAll: true });

		const deleted = await results(
			engine,
			'delete',
			{ document: '={{ { mode: "id", value: $json.id } }}' },
			{ items: all.map((json) => ({ json })) },
		);

		expect(deleted).toEqual(all.map(({ id }) => ({ deleted: true, id, in_trash: true })));
		const trash = await sandbox.api<{ count: number }>('GET', 'trash/');
		expect(trash.count).toBe(all.length);
	});
});
