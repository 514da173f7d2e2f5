import type { Engine } from '../support/engine.mts';
import { byId, engineFor, refusal, results } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

const publicUrl = 'https://archive.example';

describe.each(profiles)('share links on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	/** A document with an archived PDF, and a text file without. */
	let archived: number;
	let plain: number;
	const resource = 'shareLink';

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox, 'admin', { publicUrl });
		const { results: rows } = await sandbox.api<{
			results: Array<{ id: number; archived_file_name: string | null; mime_type: string }>;
		}>('GET', 'documents/?fields=id,archived_file_name,mime_type');
		archived = rows.find(({ archived_file_name }) => archived_file_name)?.id ?? 0;
		plain = rows.find(({ archived_file_name }) => !archived_file_name)?.id ?? 0;
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => await sandbox.reset());

	it('are created, retrieved, listed and deleted, with their public address', async () => {
		const expiration = '2099-05-01T10:00:00';

		const [created] = await results(engine, 'create', {
			resource,
			document: byId(archived),
			expiration,
		});
		const shareLinkId = String(created?.id);
		const [got] = await results(engine, 'get', { resource, shareLinkId });
		const [deleted] = await results(engine, 'delete', { resource, shareLinkId });
		const left = await results(engine, 'getAll', { resource, returnAll: true });

		expect(created).toMatchObject({
			document: archived,
			file_version: 'archive',
			url: `${publicUrl}/share/${String(created?.slug)}`,
		});
		// The workflow's time zone is Berlin, here in summer.
		expect(Date.parse(String(created?.expiration))).toBe(Date.parse('2099-05-01T08:00:00Z'));
		expect(got).toEqual(created);
		expect(deleted).toEqual({ deleted: true, id: created?.id });
		expect(left).toEqual([]);
	});

	it('are listed for one document or for all', async () => {
		for (const id of [archived, plain, plain])
			await results(engine, 'create', { resource, document: byId(id) });

		const all = await results(engine, 'getAll', { resource, returnAll: true });
		const ofPlain = await results(engine, 'getAll', {
			resource,
			scope: 'document',
			document: byId(plain),
			returnAll: true,
		});
		const first = await results(engine, 'getAll', {
			resource,
			scope: 'document',
			document: byId(plain),
			limit: 1,
		});

		expect(all.map(({ document }) => document).sort()).toEqual([archived, plain, plain].sort());
		expect(ofPlain.map(({ document }) => document)).toEqual([plain, plain]);
		expect(ofPlain[0]?.url).toBe(`${publicUrl}/share/${String(ofPlain[0]?.slug)}`);
		expect(first).toEqual(ofPlain.slice(0, 1));
	});

	it('for a document without an archived file open its original, without a login', async () => {
		const [link] = await results(engine, 'create', {
			resource,
			document: byId(plain),
			fileVersion: 'archive',
		});
		const opened = await sandbox.open(`share/${String(link?.slug)}`);

		expect(link).toMatchObject({ file_version: 'original' });
		expect(opened.status).toBe(200);
	});

	it('for a missing document are rejected before a link is created', async () => {
		await sandbox.forgetRequests();

		const refused = await refusal(engine, 'create', { resource, document: byId(99999) });
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(refused.message).toContain('does not exist');
		expect(writes).toHaveLength(0);
	});

	it('are rejected when their ID is invalid or unknown', async () => {
		const invalid = await refusal(engine, 'delete', { resource, shareLinkId: 'none' });
		const unknown = await refusal(engine, 'delete', { resource, shareLinkId: '99999' });

		expect(invalid.message).toBe('“Share Link ID” is not an ID');
		expect(unknown.message).toContain('It does not exist');
	});

	const bundle = 'shareLinkBundle';
	if (profile === '3.0.5') {
		it('in bundles are returned after the files are packed', async () => {
			const [created] = await results(engine, 'create', {
				resource: bundle,
				documentIds: [archived, plain],
				expirationDays: 7,
			});
			const bundleId = String(created?.id);
			const opened = await sandbox.open(`share/${String(created?.slug)}`);
			const [rebuilt] = await results(engine, 'rebuild', { resource: bundle, bundleId });
			const ready = await results(engine, 'getAll', { resource: bundle, status: 'ready' });
			const failed = await results(engine, 'getAll', { resource: bundle, status: 'failed' });
			const [deleted] = await results(engine, 'delete', { resource: bundle, bundleId });
			const gone = await refusal(engine, 'get', { resource: bundle, bundleId });

			expect(created).toMatchObject({
				status: 'ready',
				documents: [archived, plain],
				url: `${publicUrl}/share/${String(created?.slug)}`,
			});
			expect(Date.parse(String(created?.expiration))).toBeGreaterThan(Date.now() + 6 * 86_400_000);
			expect(opened).toMatchObject({ status: 200, type: 'application/zip' });
			expect(rebuilt).toMatchObject({ id: created?.id, status: 'ready' });
			expect(ready).toEqual([rebuilt]);
			expect(failed).toEqual([]);
			expect(deleted).toEqual({ deleted: true, id: created?.id });
			expect(gone.message).toContain('It does not exist');
		});

		it('in bundles are returned as they are when waiting is off', async () => {
			const [created] = await results(engine, 'create', {
				resource: bundle,
				documentIds: String(plain),
				waitUntilReady: false,
			});

			expect(created).toMatchObject({ status: 'pending', expiration: null });
		});

		it('in a bundle with an unknown document are rejected with its ID', async () => {
			const refused = await refusal(engine, 'create', {
				resource: bundle,
				documentIds: `${plain}, 99999`,
			});

			expect(refused.message).toBe('“Document IDs”: Documents not found: 99999');
		});
	} else {
		it.each(['create', 'delete', 'get', 'getAll', 'rebuild'])(
			'in bundles are rejected by %s before anything is sent',
			async (operation) => {
				await sandbox.forgetRequests();

				const refused = await refusal(engine, operation, {
					resource: bundle,
					bundleId: '1',
					documentIds: '1',
				});
				const asked = (await sandbox.requests()).filter(({ path }) => /bundle/.test(path));

				expect(refused.message).toBe(
					`A share link bundle needs Paperless-ngx 3.0 or later; this server is ${profile}`,
				);
				expect(asked).toEqual([]);
			},
		);
	}
});
