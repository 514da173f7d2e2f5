import { fixtureItem } from '../support/fixtures.mts';
import { byId, engineFor, refusal, results, run, textFile } from '../support/paperless.mts';
import { Sandbox } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

const resource = 'documentVersion';

describe('versions of a document on Paperless-ngx 3.0.5', () => {
	const { sandbox, engine } = useSandbox('3.0.5');
	let id: number;
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
		const [document] = await results(engine, 'getAll', { limit: 1 });
		id = Number(document?.id);
	});

	type Version = { id: number; version_label: string | null; is_root: boolean };
	const versions = async () =>
		(await sandbox.api<{ versions: Version[] }>('GET', `documents/${id}/`)).versions;
	const upload = async (label: string, text = `Signed as ${label}`) => {
		const items = [await textFile(engine, text, 'signed.txt')];
		const asked = { resource, document: byId(id), label };
		const [uploaded] = await results(engine, 'upload', asked, { items });
		return uploaded;
	};
	const deletes = async () =>
		(await sandbox.requests()).filter(({ method }) => method === 'DELETE').length;

	it('an uploaded file becomes the newest version, not a separate document', async () => {
		const before = await results(engine, 'getAll', { returnAll: true });

		const uploaded = await upload('Signed');
		const after = await results(engine, 'getAll', { returnAll: true });
		const [newest, original] = await versions();

		expect(uploaded).toMatchObject({ status: 'created', document: id, version: newest?.id });
		expect(newest).toMatchObject({ version_label: 'Signed', is_root: false });
		expect(original).toMatchObject({ id, is_root: true });
		expect(after.map((row) => row.id)).toEqual(before.map((row) => row.id));
	});

	it('several files become versions in the order of their items, each item with its own', async () => {
		const items = await Promise.all(
			['L1', 'L2', 'L3', 'L4'].map(async (label) => ({
				...(await textFile(engine, `Text of ${label}`, `${label}.txt`)),
				json: { label },
			})),
		);

		const { json, error } = await run(
			engine,
			'upload',
			{ resource, document: byId(id), label: '={{ $json.label }}' },
			{ items },
		);
		const stored = (await versions()).toReversed().slice(1);

		expect(error).toBeUndefined();
		expect(stored.map((version) => version.version_label)).toEqual(['L1', 'L2', 'L3', 'L4']);
		expect(json.map(({ version, label }) => [version, label])).toEqual(
			stored.map((version) => [version.id, version.version_label]),
		);
	});

	it('a label is reported as the server stores it', async () => {
		const padded = await upload('  Signed  ');
		const blank = await upload('   ', 'Another text');
		const [renamed] = await results(engine, 'rename', {
			resource,
			document: byId(id),
			version: 'Signed',
			label: ' Countersigned ',
		});

		expect(padded).toMatchObject({ label: 'Signed' });
		expect(blank).toMatchObject({ label: null });
		expect(renamed).toMatchObject({
			version_label: 'Countersigned',
			updated: true,
			changes: { version_label: { from: 'Signed', to: 'Countersigned' } },
		});
	});

	it('a label that is there already is not written', async () => {
		await upload('Signed');
		await sandbox.forgetRequests();

		const [renamed] = await results(engine, 'rename', {
			resource,
			document: byId(id),
			version: 'Signed',
			label: 'Signed ',
		});
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(renamed).toMatchObject({ version_label: 'Signed', updated: false, changes: {} });
		expect(writes).toEqual([]);
	});

	it('a server that leaves the version as it is has neither renamed nor deleted it', async () => {
		const uploaded = await upload('Signed');
		const asked = { resource, document: byId(id), version: 'Signed' };
		const kept = { id: uploaded?.version, version_label: 'Signed', is_root: false };
		const path = `/versions/${String(uploaded?.version)}/$`;
		const answer = { path, kind: 'status', status: 200 } as const;
		await sandbox.misbehave(
			{ ...answer, method: 'PATCH', body: kept },
			{ ...answer, method: 'DELETE', body: { result: 'OK' } },
		);

		const renamed = await refusal(engine, 'rename', { ...asked, label: 'Countersigned' });
		const deleted = await refusal(engine, 'delete', asked);

		expect(renamed.message).toContain(`Version ${String(uploaded?.version)} was not renamed`);
		expect(renamed.description).toContain('the label is “Signed”');
		expect(deleted.message).toContain('was not deleted');
	});

	it('the ID of a version is not the ID of a document', async () => {
		const uploaded = await upload('Signed');
		const asked = { resource, document: byId(uploaded?.version), version: 'Signed' };
		const items = [await textFile(engine, 'More')];
		await sandbox.forgetRequests();

		const refused = [
			await refusal(engine, 'upload', asked, { items }),
			await refusal(engine, 'rename', { ...asked, label: 'x' }),
			await refusal(engine, 'delete', asked),
		];
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		for (const { message } of refused) expect(message).toContain(`is now a version of ${id}`);
		expect(writes).toEqual([]);
	});

	it('a version is renamed by its label and by its ID, and loses its label', async () => {
		const uploaded = await upload('Signed');
		const asked = { resource, document: byId(id) };

		const [renamed] = await results(engine, 'rename', {
			...asked,
			version: 'Signed',
			label: 'Countersigned',
		});
		const [unnamed] = await results(engine, 'rename', {
			...asked,
			version: String(uploaded?.version),
			label: '',
		});

		expect(renamed).toMatchObject({
			document: id,
			id: uploaded?.version,
			version_label: 'Countersigned',
		});
		expect(unnamed).toMatchObject({ id: uploaded?.version, version_label: null });
	});

	it.each(['={{ null }}', '={{ $json.missing }}', '={{ "" }}', '={{ " " }}', '  '])(
		'a version keeps its label where an expression yields nothing (%j)',
		async (label) => {
			await upload('Signed');
			const asked = { resource, document: byId(id), version: 'Signed', label };

			const { message } = await refusal(engine, 'rename', asked);

			expect(message).toContain('“New Label” must be text');
			expect(await results(engine, 'get', { ...asked, which: 'id' })).toHaveLength(1);
		},
	);

	it('versions are deleted by their label and by their ID', async () => {
		const [first, second] = await Promise.all([upload('First'), upload('Second')]);
		const asked = { resource, document: byId(id) };

		const [byLabel] = await results(engine, 'delete', { ...asked, version: 'First' });
		const [byNumber] = await results(engine, 'delete', {
			...asked,
			version: String(second?.version),
		});

		expect(byLabel).toEqual({ deleted: true, document: id, version: first?.version });
		expect(byNumber).toEqual({ deleted: true, document: id, version: second?.version });
		expect((await versions()).map((version) => version.id)).toEqual([id]);
	});

	it('the original, an unknown version and an ambiguous version are not deleted', async () => {
		const [first] = await Promise.all([
			upload('First'),
			upload('Signed', 'One text'),
			upload('Signed', 'Another text'),
		]);
		await upload(String(first?.version), 'Named like the ID of the first');
		await sandbox.forgetRequests();
		const refuse = async (version: string) =>
			await refusal(engine, 'delete', { resource, document: byId(id), version });

		const original = await refuse(String(id));
		const unknown = await refuse('Draft');
		const twice = await refuse('Signed');
		const either = await refuse(String(first?.version));

		expect(original.message).toContain('The original of a document cannot be deleted alone');
		expect(original.description).toBe('Delete the document instead.');
		expect(unknown.message).toContain(`Document ${id} has no version “Draft”`);
		expect(unknown.description).toMatch(/^Its versions: .*\d+ \(“First”\).*, \d+\.$/);
		expect(twice.message).toContain('Several versions are called “Signed”');
		expect(either.message).toContain('Several versions are called');
		expect(await deletes()).toBe(0);
	});

	it('versions are listed and read with their texts, chosen by label, ID, newest and original', async () => {
		const first = await upload('First', 'The text of the first');
		const second = await upload('Second', 'The text of the second');
		const asked = { resource, document: byId(id) };
		const includeContent = { options: { includeContent: true } };

		const all = await results(engine, 'getAll', asked);
		const chosen = await Promise.all(
			[
				{ which: 'newest' },
				{ which: 'original' },
				{ which: 'id', version: 'First' },
				{ which: 'id', version: String(first?.version) },
			].map(async (which) => {
				const [got] = await results(engine, 'get', { ...asked, ...which, ...includeContent });
				return got;
			}),
		);
		const [cut] = await results(engine, 'get', {
			...asked,
			which: 'newest',
			options: { includeContent: true, contentMaxLength: 8 },
		});
		const [plain] = await results(engine, 'get', { ...asked, which: 'newest' });

		expect(all.map((version) => [version.id, version.version_label, version.is_newest])).toEqual([
			[second?.version, 'Second', true],
			[first?.version, 'First', false],
			[id, null, false],
		]);
		expect(chosen.map((version) => version?.id)).toEqual([
			second?.version,
			id,
			first?.version,
			first?.version,
		]);
		expect(chosen.map((version) => version?.content)).toEqual([
			'The text of the second',
			expect.not.stringContaining('The text of'),
			'The text of the first',
			'The text of the first',
		]);
		expect(cut?.content).toBe('The text');
		expect(plain).toMatchObject({ document: id, is_root: false, is_newest: true });
		expect(plain).not.toHaveProperty('content');
	});

	it('the metadata and the files of a chosen version are its own', async () => {
		const first = await upload('First', 'The text of the first');
		await upload('Second', 'The text of the second');
		const asked = { resource, document: byId(id), which: 'id', version: 'First' };
		const read = async (parameters: object) => {
			const { items, error } = await run(engine, 'download', { ...asked, ...parameters });
			if (error) throw new Error(error.message);
			const file = items[0]?.binary?.data;
			return { json: items[0]?.json, file, text: file && (await engine.read(file)) };
		};

		const [metadata] = await results(engine, 'getMetadata', asked);
		const original = await read({ rendition: 'original' });
		const newest = await read({ which: 'newest', rendition: 'preview' });
		const thumbnail = await read({ rendition: 'thumbnail' });
		const [listed] = await results(engine, 'get', asked);

		expect(metadata).toMatchObject({
			document: id,
			id: first?.version,
			original_checksum: listed?.checksum,
		});
		expect(original.json).toMatchObject({
			document: id,
			id: first?.version,
			rendition: 'original',
		});
		expect(String(original.text)).toBe('The text of the first');
		expect(String(newest.text)).toBe('The text of the second');
		expect(thumbnail.file?.mimeType).toBe('image/webp');
	});

	it('a version that is unknown or whose file is lost is told', async () => {
		const uploaded = await upload('First');
		const asked = { resource, document: byId(id), version: 'First' };
		await sandbox.misbehave({
			kind: 'status',
			status: 404,
			body: { detail: 'Not found.' },
			path: '/download/$',
		});

		const lost = await refusal(engine, 'download', asked);
		const unknown = await refusal(engine, 'get', { ...asked, version: 'Draft' });
		const ofVersion = await refusal(engine, 'getAll', {
			resource,
			document: byId(uploaded?.version),
		});

		expect(lost.message).toContain(
			`The file of version ${String(uploaded?.version)} is missing on the server`,
		);
		expect(unknown.message).toContain(`Document ${id} has no version “Draft”`);
		expect(ofVersion.message).toContain(`is now a version of ${id}`);
	});

	it('an empty file and an overlong label are rejected before anything is sent', async () => {
		const empty = await textFile(engine, '', 'empty.txt');
		const full = await textFile(engine, 'Text', 'full.txt');
		const asked = { resource, document: byId(id) };
		await sandbox.forgetRequests();

		const nothing = await refusal(engine, 'upload', asked, { items: [empty] });
		const long = await refusal(
			engine,
			'upload',
			{ ...asked, label: 'x'.repeat(65) },
			{ items: [full] },
		);
		const renamed = await refusal(engine, 'rename', {
			...asked,
			version: String(id),
			label: 'x'.repeat(65),
		});
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(nothing.message).toContain('“empty.txt” is empty');
		expect(long.message).toBe('“Label”: The label has 65 characters');
		expect(renamed.message).toBe('“New Label”: The label has 65 characters');
		expect(writes).toHaveLength(0);
	});

	it('an unreadable file is rejected with the server’s reason', async () => {
		const items = [await fixtureItem(engine, 'broken.pdf', 'application/pdf')];

		const refused = await refusal(engine, 'upload', { resource, document: byId(id) }, { items });

		expect(refused.message).toContain('broken.pdf');
		expect(refused.description).not.toBe('');
		expect(await versions()).toHaveLength(1);
	});

	it('an unfinished upload is returned as pending', async () => {
		await sandbox.settings({ consumptionSeconds: 30 });
		const items = [await textFile(engine, 'Slow')];

		const [uploaded] = await results(
			engine,
			'upload',
			{ resource, document: byId(id), timeout: 1 },
			{ items },
		);

		expect(uploaded).toMatchObject({ status: 'pending', document: id, version: null });
	});
});

describe('documents merged as versions', () => {
	const { sandbox, engine } = useSandbox('3.0.5');
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0, mergesAsVersions: true });
	});

	const asked = { resource, document: byId(5) };
	const merge = async (parameters: object) =>
		await results(engine, 'mergeAsVersions', { ...asked, ...parameters });
	const refuse = async (parameters: object) =>
		await refusal(engine, 'mergeAsVersions', { ...asked, ...parameters });
	const merges = async () =>
		(await sandbox.requests()).filter(({ path }) => path.includes('merge_as_versions'));

	it('become its versions in the given order, and a number that is lost is told', async () => {
		for (const [id, archive_serial_number] of Object.entries({ 2: 71, 4: 72 }))
			await sandbox.api('PATCH', `documents/${id}/`, { archive_serial_number });

		const [merged] = await merge({ documentIds: '4, 2' });
		const all = await results(engine, 'getAll', { returnAll: true });

		expect(merged).toEqual({
			document: 5,
			versions: [2, 4, 5],
			merged: [4, 2],
			dropped_archive_serial_numbers: [71],
			updated: true,
			changes: {
				versions: { added: [2, 4], removed: [] },
				archive_serial_number: { from: null, to: 72 },
			},
		});
		expect(all.map(({ id }) => id)).not.toContain(2);
	});

	it('are answered with the document that they belong to now, each with its file', async () => {
		await merge({ documentIds: '2' });
		const items = [2, 5, 2, 99].map((id) => ({ json: { id } }));
		const document = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
		const parameters = { document, options: { includeFile: 'original' } };

		const { items: got, refused } = await run(engine, 'get', parameters, {
			items,
			errorOutput: true,
		});

		expect(got.map(({ json, binary }) => [json.id, json.requested_version, !!binary])).toEqual([
			[5, 2, true],
			[5, undefined, true],
			[5, 2, true],
		]);
		expect(JSON.stringify(refused)).toContain('There is no document 99');
	});

	it('are named as versions where their document is in the trash', async () => {
		await merge({ documentIds: '2' });
		await sandbox.api('DELETE', 'documents/5/');

		const { message } = await refusal(engine, 'get', { document: byId(2) });

		expect(message).toContain('2 is now a version of 5');
	});

	it('are named by a dry run, which merges nothing', async () => {
		await sandbox.forgetRequests();

		const [told] = await merge({ documentIds: '4, 2', dryRun: true });

		expect(told).toEqual({
			document: 5,
			versions: [5],
			merged: [],
			updated: false,
			would_merge: [
				{ id: 4, title: expect.any(String) },
				{ id: 2, title: expect.any(String) },
			],
			dry_run: true,
		});
		expect(await merges()).toEqual([]);
	});

	it('have a label, and are not merged twice', async () => {
		await merge({ documentIds: '2', label: ' Signed ' });
		await sandbox.forgetRequests();

		const [again] = await merge({ documentIds: '2' });
		const [newest] = await results(engine, 'get', { ...asked, which: 'id', version: 'Signed' });

		expect(again).toMatchObject({ versions: [2, 5], merged: [], updated: false, changes: {} });
		expect(newest).toMatchObject({ id: 2, is_newest: true });
		expect(await merges()).toEqual([]);
	});

	it('are refused before anything is sent where the server would refuse them', async () => {
		await merge({ documentIds: '2' });
		await sandbox.forgetRequests();

		const itself = await refuse({ documentIds: '5, 4' });
		const labels = await refuse({ documentIds: '1, 4', label: 'Signed' });
		const unknown = await refuse({ documentIds: '4, 99' });
		const parent = await refuse({ document: byId(4), documentIds: '5' });
		const ofAnother = await refuse({ document: byId(4), documentIds: '2' });

		expect(itself.message).toContain('Document 5 cannot be a version of itself');
		expect(labels.message).toContain('A label needs a single document ID');
		expect(unknown.message).toContain('There is no document 99');
		expect(parent.message).toContain('Document 5 has versions of its own');
		expect(ofAnother.message).toContain('2 is now a version of 5');
		expect(await merges()).toEqual([]);
	});

	it('are told where the server left them as they are, and where it cannot merge them', async () => {
		const path = 'merge_as_versions';
		await sandbox.misbehave({ kind: 'status', status: 200, body: { result: 'OK' }, path });

		const lied = await refuse({ documentIds: '2' });
		await sandbox.settings({ mergesAsVersions: false });
		const absent = await refuse({ documentIds: '2' });

		expect(lied.message).toBe('Not merged into document 5: 2');
		expect(absent.message).toBe('This server cannot merge documents as versions');
		expect(absent.description).toContain('Document Version: Upload');
	});
});

describe('versions of a document on Paperless-ngx 2.20.15', () => {
	let sandbox: Sandbox;

	beforeAll(async () => {
		sandbox = await Sandbox.start('2.20.15', 'empty');
	});
	afterAll(async () => await sandbox.close());

	it.each([
		'upload',
		'rename',
		'delete',
		'download',
		'get',
		'getAll',
		'getMetadata',
		'mergeAsVersions',
	])('are rejected by %s before anything is sent', async (operation) => {
		const engine = engineFor(sandbox);
		const items = [await textFile(engine, 'Text')];
		const asked = { resource, document: byId(1), version: '1', documentIds: '2' };

		const refused = await refusal(engine, operation, asked, { items });
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(refused.message).toBe(
			'A document version needs Paperless-ngx 3.0 or later; this server is 2.20.15',
		);
		expect(writes).toHaveLength(0);
	});
});
