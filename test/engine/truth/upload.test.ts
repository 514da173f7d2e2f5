import { forgetServers } from '../../../nodes/api/connection';
import {
	byId,
	byName,
	engineFor,
	refusal,
	results,
	run,
	textFile,
} from '../../support/paperless.mts';
import { profiles, Sandbox } from '../../support/sandbox.mts';
import { Stub } from '../../support/stub.mts';
import { useSandbox } from '../../support/useSandbox.mts';

type Row = Record<string, unknown> & {
	id: number;
	custom_fields: Array<{ field: number; value: unknown }>;
};

describe.each(profiles)('an upload to Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0, queueSeconds: 0 });
	});

	const read = async (id: unknown) => await sandbox.api<Row>('GET', `documents/${String(id)}/`);
	const make = async <T = { id: number }>(route: string, body: object) =>
		await sandbox.api<T>('POST', `${route}/`, body);
	const firstDocument = async () =>
		(await sandbox.api<{ results: Row[] }>('GET', 'documents/?page_size=1&ordering=id')).results[0];
	const writes = async () =>
		(await sandbox.requests()).filter(
			({ method, path }) => method !== 'GET' && path.startsWith('/api/'),
		);

	describe('that needs new names', () => {
		const additionalFields = { correspondent: byName('Brand New'), tags: ['Newer'] };
		const creating = (more: object = {}, options: object = {}) => ({
			additionalFields: { ...additionalFields, ...more },
			options: { createIfMissing: true, ...options },
		});
		const upload = async (text: string, parameters: object) =>
			await run(engine, 'upload', parameters, { items: [await textFile(engine, text)] });
		const isThere = async (route: string, name: string) =>
			(await sandbox.api<{ count: number }>('GET', `${route}/?name__iexact=${name}`)).count > 0;

		it('creates none of them for a file that is in the archive', async () => {
			await upload('Sent before', {});

			const failed = await upload('Sent before', creating());
			const returned = await upload('Sent before', creating({}, { onDuplicate: 'returnExisting' }));

			expect(failed.error?.message).toContain('already in the archive');
			expect(failed.error?.description).not.toContain('Created');
			expect(returned.json).toMatchObject([{ status: 'duplicate' }]);
			expect(await isThere('correspondents', 'Brand New')).toBe(false);
			expect(await isThere('tags', 'Newer')).toBe(false);
		});

		it('creates them for an existing document that gets them', async () => {
			await upload('Sent before', {});

			const { json } = await upload('Sent before', creating({}, { onDuplicate: 'updateExisting' }));

			expect(json).toMatchObject([
				{ status: 'duplicate', changes: { correspondent: { to: 'Brand New' } } },
			]);
			expect((json[0]?.document as Row).tags).toContain('Newer');
		});

		it('names them when the server then refuses the file', async () => {
			const damaged = '%PDF-1.7\nnot really';
			const words = 'Created for this upload: correspondent “Brand New”, tag “Newer”.';

			const { error } = await upload(damaged, creating());
			const { json } = await upload(
				`${damaged}!`,
				creating({ correspondent: byName('Another') }, { onFailure: 'return' }),
			);

			expect(error?.message).toContain('could not consume');
			expect(error?.description).toContain(words);
			expect(json).toMatchObject([{ status: 'failed' }]);
			expect(json[0]?.reason).toContain('Created for this upload: correspondent “Another”.');
		});

		it('creates none of them for a Create or Update that is refused', async () => {
			await upload('Sent before', {});

			const { error } = await run(
				engine,
				'upsert',
				{ matchBy: 'serialNumber', archiveSerialNumber: '4711', ...creating() },
				{ items: [await textFile(engine, 'Sent before')] },
			);

			expect(error?.message).toContain('already in the archive');
			expect(await isThere('correspondents', 'Brand New')).toBe(false);
		});
	});

	it('with a document link links both documents', async () => {
		const target = await firstDocument();
		const { id: field } = await make('custom_fields', { name: 'See', data_type: 'documentlink' });
		const item = await textFile(engine, 'Refers to another document');

		const [uploaded] = await results(
			engine,
			'upload',
			{ customFields: { mappingMode: 'defineBelow', value: { [field]: String(target?.id) } } },
			{ items: [item] },
		);

		const links = async (id: unknown) =>
			(await read(id)).custom_fields.find((instance) => instance.field === field)?.value;
		expect(await links(uploaded?.id)).toEqual([target?.id]);
		expect(await links(target?.id)).toEqual([uploaded?.id]);
	});

	it('with a link to a document that does not exist is refused before anything is sent', async () => {
		const { id: field } = await make('custom_fields', { name: 'See', data_type: 'documentlink' });
		await sandbox.forgetRequests();
		const item = await textFile(engine, 'Refers to nothing');

		const refused = await refusal(
			engine,
			'upload',
			{ customFields: { mappingMode: 'defineBelow', value: { [field]: '999999' } } },
			{ items: [item] },
		);

		expect(refused.message).toContain('“See” links to document 999999, which does not exist');
		expect(await writes()).toEqual([]);
	});

	it.each(['', '.', '..', '...', '/', 'folder/', '???', '\u0000\u0007', ' '])(
		'of a file named %j gets a name from its field and type',
		async (name) => {
			const item = await textFile(
				engine,
				`A file without a name: ${JSON.stringify(name)}`,
				'a.txt',
			);
			item.binary.data.fileName = name;
			item.binary.data.fileExtension = 'txt';

			const [uploaded] = await results(engine, 'upload', {}, { items: [item] });

			expect(uploaded).toMatchObject({ status: 'created', file_name: 'data.txt' });
		},
	);

	it('drops folders and unprintable characters of a name and shortens it, and keeps its ending', async () => {
		const names = [
			'../../etc/pass\u0000wd\u202E.txt',
			'C:\\scans\\gas.txt',
			`${'ü'.repeat(300)}.txt`,
		];
		const items = await Promise.all(
			names.map(async (name, index) => {
				const item = await textFile(engine, `File ${index}`, 'a.txt');
				item.binary.data.fileName = name;
				return item;
			}),
		);

		const uploaded = await results(engine, 'upload', {}, { items });

		expect(uploaded.map(({ file_name: name }) => name)).toEqual([
			'passwd.txt',
			'gas.txt',
			`${'ü'.repeat(98)}.txt`,
		]);
	});

	it('makes no note of blanks', async () => {
		const item = await textFile(engine, 'Nothing to note');

		const [uploaded] = await results(
			engine,
			'upload',
			{ additionalFields: { note: ' \n ' } },
			{ items: [item] },
		);

		expect(await sandbox.api('GET', `documents/${String(uploaded?.id)}/notes/`)).toEqual([]);
	});

	it('writes nothing to the document when it became what was asked for', async () => {
		const item = await textFile(engine, 'Complete at once');
		await sandbox.forgetRequests();

		await results(
			engine,
			'upload',
			{ additionalFields: { title: 'Complete', created: '2024-05-01', archiveSerialNumber: 9 } },
			{ items: [item] },
		);

		expect((await writes()).map(({ path }) => path)).toEqual(['/api/documents/post_document/']);
	});

	const workflow = async (type: number, title: string) =>
		await make('workflows', {
			name: title,
			order: 0,
			enabled: true,
			triggers: [{ type, sources: [1, 2, 3, 4], filter_filename: '*' }],
			actions: [{ type: 1, assign_title: title }],
		});

	it('sets what the server stored differently, such as a title that a workflow assigned', async () => {
		await workflow(1, 'Its own title');
		const item = await textFile(engine, 'Renamed on the way');

		const [uploaded] = await results(
			engine,
			'upload',
			{ additionalFields: { title: 'Asked for' } },
			{ items: [item] },
		);

		expect(uploaded).toMatchObject({ status: 'created', document: { title: 'Asked for' } });
	});

	it('names the fields that a workflow changed after they were set', async () => {
		await workflow(1, 'Its own title');
		await workflow(3, 'Renamed again');
		const item = await textFile(engine, 'Renamed twice');

		const [uploaded] = await results(
			engine,
			'upload',
			{ additionalFields: { title: 'Asked for' } },
			{ items: [item] },
		);

		expect(uploaded).toMatchObject({
			changed_by_server: ['title'],
			document: { title: 'Renamed again' },
		});
	});

	it('updates an existing document, and reports its changes by name', async () => {
		const item = await textFile(engine, 'Known already');
		const [first] = await results(
			engine,
			'upload',
			{ additionalFields: { title: 'Old' } },
			{ items: [item] },
		);
		const asked = {
			additionalFields: { title: ' New ', tags: ['invoice'], owner: byName('clerk'), note: 'Seen' },
			permissions: { viewUsers: ['clerk'] },
			options: { onDuplicate: 'updateExisting' },
		};

		const [updated] = await results(engine, 'upload', asked, { items: [item] });
		await sandbox.forgetRequests();
		const [again] = await results(engine, 'upload', asked, { items: [item] });

		expect(updated).toMatchObject({
			status: 'duplicate',
			id: first?.id,
			updated: true,
			changes: {
				title: { from: 'Old', to: 'New' },
				tags: { added: ['invoice'], removed: [] },
				notes: { added: ['Seen'], removed: [] },
				owner: { from: 'admin', to: 'clerk' },
				permissions: { view: { users: { added: ['clerk'], removed: [] } } },
			},
		});
		expect(again).toMatchObject({ updated: false, changes: {} });
		expect(await writes()).toEqual([]);
	});

	describe('with an archive serial number of an earlier item', () => {
		const numbered = { additionalFields: { archiveSerialNumber: 4711 } };
		const files = async (...texts: string[]) =>
			await Promise.all(texts.map((text) => textFile(engine, text, `${text}.txt`)));

		it('is refused before it is sent, and names the earlier file', async () => {
			const items = await files('First', 'Second', 'Third');

			const { json } = await run(engine, 'upload', numbered, { items, continueOnFail: true });

			expect(json).toMatchObject([
				{ status: 'created', document: { archive_serial_number: 4711 } },
				{
					error: expect.stringContaining(
						'“First.txt” and “Second.txt” would get the archive serial number 4711',
					),
				},
				{ error: expect.stringContaining('“First.txt” and “Third.txt”') },
			]);
			expect(await writes()).toHaveLength(1);
		});

		it('is refused for documents that exist, too', async () => {
			const items = await files('First', 'Second');
			await results(engine, 'upload', {}, { items });
			const asked = { ...numbered, options: { onDuplicate: 'updateExisting' } };

			const { json } = await run(engine, 'upload', asked, { items, continueOnFail: true });

			expect(json).toMatchObject([
				{ updated: true, document: { archive_serial_number: 4711 } },
				{ error: expect.stringContaining('archive serial number 4711') },
			]);
		});

		it('is taken for the same file', async () => {
			const [item] = await files('First');
			const asked = { ...numbered, options: { onDuplicate: 'returnExisting' } };

			const uploaded = await results(engine, 'upload', asked, { items: [item, item] as never });

			expect(uploaded).toMatchObject([{ status: 'created' }, { status: 'duplicate' }]);
		});

		it('sends none of the files of one item that would all get it', async () => {
			const [first, second] = await files('First', 'Second');
			await sandbox.forgetRequests();
			const item = { json: {}, binary: { a: first?.binary.data, b: second?.binary.data } };

			const { message } = await refusal(
				engine,
				'upload',
				{ ...numbered, inputDataFieldName: 'a, b' },
				{ items: [item] as never },
			);

			expect(message).toContain('“First.txt” and “Second.txt”');
			expect(await writes()).toEqual([]);
		});
	});

	it('updates one existing document for several items in their order', async () => {
		const item = await textFile(engine, 'Known to all items');
		const [first] = await results(engine, 'upload', {}, { items: [item] });

		const updated = await results(
			engine,
			'upload',
			{
				additionalFields: { title: '={{ $json.title }}' },
				options: { onDuplicate: 'updateExisting' },
			},
			{ items: ['t1', 't2', 't3', 't4'].map((title) => ({ ...item, json: { title } })) },
		);

		expect(updated.map(({ changes }) => changes)).toMatchObject([
			{ title: { to: 't1' } },
			{ title: { from: 't1', to: 't2' } },
			{ title: { from: 't2', to: 't3' } },
			{ title: { from: 't3', to: 't4' } },
		]);
		expect((await read(first?.id)).title).toBe('t4');
	});

	it('reports which value is there instead when the server ignores what it was asked for', async () => {
		const item = await textFile(engine, 'Ignored');
		const [first] = await results(engine, 'upload', {}, { items: [item] });
		await sandbox.misbehave({
			kind: 'status',
			status: 200,
			method: 'PATCH',
			path: '^/api/documents/\\d+/$',
			body: await read(first?.id),
		});

		const refused = await refusal(
			engine,
			'upload',
			{
				additionalFields: { title: 'Never stored' },
				options: { onDuplicate: 'updateExisting' },
			},
			{ items: [item] },
		);

		expect(refused.message).toBe(
			`Document ${String(first?.id)} is not as it was asked for: title is “letter”`,
		);
	});

	it('recognizes its file after an upgrade of the server in the same process', async () => {
		if (profile !== '2.20.15') return;
		forgetServers();
		const upgraded = await Sandbox.start(profile);
		const by = engineFor(upgraded);
		await upgraded.settings({ consumptionSeconds: 0, queueSeconds: 0 });
		const item = await textFile(by, 'Older than the upgrade');
		const [first] = await results(by, 'upload', {}, { items: [item] });
		await upgraded.upgrade('3.0.5');

		const refused = await refusal(by, 'upload', {}, { items: [item] });
		await upgraded.close();

		expect(refused.message).toBe(
			`“letter.txt” is already in the archive as document #${String(first?.id)}`,
		);
	});
});

describe('an upload to a server that accepts duplicates', () => {
	const { sandbox, engine } = useSandbox('3.0.5');
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0, queueSeconds: 0 });
	});

	it('of a file that is the newest version of a document is a duplicate of it', async () => {
		const original = await textFile(engine, 'The original');
		const newer = await textFile(engine, 'The newer version');
		const [first] = await results(engine, 'upload', {}, { items: [original] });
		const asked = { resource: 'documentVersion', document: byId(first?.id) };
		await results(engine, 'upload', asked, { items: [newer] });

		const refused = await refusal(engine, 'upload', {}, { items: [newer] });
		const [returned] = await results(
			engine,
			'upload',
			{ options: { onDuplicate: 'returnExisting' } },
			{ items: [newer] },
		);

		expect(refused.message).toContain(`already in the archive as document #${String(first?.id)}`);
		expect(returned).toMatchObject({ status: 'duplicate', id: first?.id });
	});

	it('of a file that the server itself takes for a version names the document of the version', async () => {
		await sandbox.settings({ deleteDuplicates: true });
		const newer = await textFile(engine, 'A version that came in between');
		const [first] = await results(
			engine,
			'upload',
			{},
			{ items: [await textFile(engine, 'The first version')] },
		);
		const asked = { resource: 'documentVersion', document: byId(first?.id) };
		let versions = 0;
		const proxy = await Stub.proxy(sandbox.url, {
			before: async ({ path }) => {
				if (path !== '/api/documents/post_document/' || (versions += 1) > 1) return;
				await results(engine, 'upload', asked, { items: [newer] });
			},
		});

		const [returned] = await results(
			engineFor(sandbox, 'admin', { baseUrl: proxy.url }),
			'upload',
			{ options: { onDuplicate: 'returnExisting' } },
			{ items: [newer] },
		);
		const task = { resource: 'task', taskId: String(returned?.task_id) };
		const [awaited] = await results(engine, 'waitFor', task);
		await proxy.close();

		expect(returned).toMatchObject({
			status: 'duplicate',
			id: first?.id,
			existing_document_id: first?.id,
			document: { id: first?.id },
			reason: `It is a duplicate of document #${String(first?.id)}.`,
		});
		expect(awaited).toMatchObject({ outcome: 'duplicate', duplicate_of: first?.id });
	});

	it('by two executions at once tells the later of its twin', async () => {
		await sandbox.settings({ consumptionSeconds: 3 });
		const item = await textFile(engine, 'Sent twice at once');
		const options = { onDuplicate: 'returnExisting' };

		const [[one], [two]] = await Promise.all([
			results(engine, 'upload', { options }, { items: [item] }),
			results(engine, 'upload', { options }, { items: [item] }),
		]);

		const [earlier, later] = [one, two].sort((a, b) => Number(a?.id) - Number(b?.id));
		expect(earlier).toMatchObject({ status: 'created' });
		expect(earlier).not.toHaveProperty('existing_document_id');
		expect(later).toMatchObject({
			status: 'created',
			existing_document_id: earlier?.id,
			reason: expect.stringContaining(`document #${String(earlier?.id)}`),
		});
	});

	it('by two executions at once fails for the later one when duplicates fail', async () => {
		await sandbox.settings({ consumptionSeconds: 3 });
		const item = await textFile(engine, 'Sent twice at once');

		const outcomes = await Promise.all([
			run(engine, 'upload', {}, { items: [item] }),
			run(engine, 'upload', {}, { items: [item] }),
		]);

		const errors = outcomes.flatMap(({ error }) => error ?? []);
		const created = outcomes.flatMap(({ json }) => json);
		expect(errors).toHaveLength(1);
		expect(errors[0]?.message).toContain(
			`already in the archive as document #${String(created[0]?.id)}`,
		);
		expect(errors[0]?.description).toContain('at the same time');
	});
});
