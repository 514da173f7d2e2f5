import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import type { Engine } from '../support/engine.mts';
import { byId, engineFor, refusal, results, textFile } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { simulatedTime } from '../support/simulatedTime.mts';
import { zipHolds } from '../support/zipHolds.mts';

const publicUrl = 'https://archive.example';

/** Where a link is on the server itself. */
const pathOf = (link: IDataObject | undefined) => String(link?.url).replace(`${publicUrl}/`, '');

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
			url: expect.stringContaining(`${publicUrl}/share/`),
		});
		// The workflow's time zone is Berlin, here in summer.
		expect(Date.parse(String(created?.expiration))).toBe(Date.parse('2099-05-01T08:00:00Z'));
		expect(got).toEqual(created);
		expect(deleted).toEqual({ deleted: true, id: created?.id });
		expect(left).toEqual([]);
	});

	it.each(['={{ null }}', '={{ $json.missing }}', '={{ "" }}', '   ', '={{ 0 }}', '12:00'])(
		'do not last for ever where an expression yields no date (%j)',
		async (expiration) => {
			await sandbox.forgetRequests();

			const { message } = await refusal(engine, 'create', {
				resource,
				document: byId(archived),
				expiration,
			});

			expect(message).toContain('“Expiration”');
			expect((await sandbox.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
		},
	);

	describe('that would have stopped working already', () => {
		/** The workflow's time zone is Berlin, where it is later than in UTC. */
		const inBerlin = (minutes: number) =>
			DateTime.fromMillis(simulatedTime.now(), { zone: 'Europe/Berlin' })
				.plus({ minutes })
				.toFormat("yyyy-MM-dd'T'HH:mm:ss");

		it.each([
			['a day of long ago', () => '2020-05-31'],
			['the day that it is', () => inBerlin(0).slice(0, 10)],
			['half an hour ago in the time zone of the workflow', () => inBerlin(-30)],
			['half an hour ago in UTC', () => new Date(simulatedTime.now() - 1_800_000).toISOString()],
		])('are not created: %s', async (_, expiration) => {
			await sandbox.forgetRequests();

			const refused = await refusal(engine, 'create', {
				resource,
				document: byId(archived),
				expiration: expiration(),
			});

			expect(refused.message).toBe('“Expiration” is in the past');
			expect(refused.description).toContain('(Europe/Berlin)');
			expect(await sandbox.requests()).toEqual([]);
		});

		it('are created for half an hour in the time zone of the workflow', async () => {
			const [created] = await results(engine, 'create', {
				resource,
				document: byId(archived),
				expiration: inBerlin(30),
			});

			expect(Date.parse(String(created?.expiration))).toBeGreaterThan(simulatedTime.now());
		});
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
			simple: false,
		});
		const first = await results(engine, 'getAll', {
			resource,
			scope: 'document',
			document: byId(plain),
			limit: 1,
			simple: false,
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
		const opened = await sandbox.open(pathOf(link));

		expect(link).toMatchObject({ file_version: 'original' });
		expect(opened.status).toBe(200);
	});

	it.each(['={{ null }}', '={{ $json.missing }}', '={{ "" }}', '={{ [] [0] }}'])(
		'never last for ever because the expression %s yields nothing',
		async (expiration) => {
			await sandbox.forgetRequests();

			const asked = { resource, document: byId(plain), expiration };
			const refused = await refusal(engine, 'create', asked);
			const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

			expect(refused.message).toBe('“Expiration” must be a date');
			expect(refused.description).toContain('Check the expression in this field');
			expect(writes).toEqual([]);
		},
	);

	it.each([
		['without an expiration', { expiration: null }, 'it expires never'],
		['for another file', { file_version: 'original' }, 'for the original file'],
		['for another document', { document: 99999 }, 'file of 99999'],
	])('that the server creates %s are not reported as requested', async (_, other, words) => {
		const link = {
			id: 7,
			slug: 'abc',
			created: '2026-05-31T10:00:00Z',
			document: archived,
			file_version: 'archive',
			expiration: '2099-05-01T08:00:00Z',
		};
		const body = { ...link, ...other };
		await sandbox.misbehave({ method: 'POST', kind: 'status', status: 201, body });

		const refused = await refusal(engine, 'create', {
			resource,
			document: byId(archived),
			expiration: '2099-05-01T10:00:00',
		});

		expect(refused.message).toBe('Share link 7 is not as requested');
		expect(refused.description).toContain(words);
	});

	it('that the server keeps are not reported as deleted', async () => {
		const [link] = await results(engine, 'create', { resource, document: byId(plain) });
		await sandbox.misbehave({ method: 'DELETE', kind: 'status', status: 204 });

		const refused = await refusal(engine, 'delete', { resource, shareLinkId: String(link?.id) });

		expect(refused.message).toBe(`Share link ${String(link?.id)} was not deleted`);
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
		describe('of a document with versions', () => {
			let newest: number;
			let middle: number;
			const opened = async (json: IDataObject | undefined) => {
				const reply = await fetch(`${sandbox.url}/${pathOf(json)}`);
				return await reply.text();
			};

			const holds = async (json: IDataObject | undefined, text: string) => {
				const reply = await fetch(`${sandbox.url}/${pathOf(json)}`);
				return zipHolds(await reply.arrayBuffer(), text);
			};

			beforeEach(async () => {
				await sandbox.settings({ consumptionSeconds: 0 });
				const asked = { resource: 'documentVersion', document: byId(plain) };
				const upload = async (text: string) => {
					const items = [await textFile(engine, text, `${text}.txt`)];
					return Number((await results(engine, 'upload', asked, { items }))[0]?.version);
				};
				middle = await upload('Signed');
				newest = await upload('Countersigned');
			});

			it('open the newest file, the original or a chosen version', async () => {
				const asked = { resource, document: byId(plain) };

				const [byDefault] = await results(engine, 'create', asked);
				const [original] = await results(engine, 'create', { ...asked, version: 'original' });
				const [chosen] = await results(engine, 'create', {
					...asked,
					version: 'id',
					versionId: String(middle),
				});

				expect(byDefault).toMatchObject({ document: plain, version: newest });
				expect(await opened(byDefault)).toBe('Countersigned');
				expect(original).toMatchObject({ document: plain, version: plain });
				expect(await opened(original)).not.toMatch(/igned/);
				expect(chosen).toMatchObject({ document: plain, version: middle });
				expect(await opened(chosen)).toBe('Signed');
			});

			it('open an archived PDF where the version has one, not where the first has one', async () => {
				const [archive] = await results(engine, 'create', {
					resource,
					document: byId(plain),
					fileVersion: 'archive',
				});
				const items = [await textFile(engine, 'Scanned', 'scanned.txt')];
				const asked = { resource: 'documentVersion', document: byId(archived) };
				await results(engine, 'upload', asked, { items });
				const [text] = await results(engine, 'create', { resource, document: byId(archived) });
				const [pdf] = await results(engine, 'create', {
					resource,
					document: byId(archived),
					version: 'original',
				});

				expect(archive).toMatchObject({ file_version: 'original' });
				expect(text).toMatchObject({ file_version: 'original' });
				expect(pdf).toMatchObject({ file_version: 'archive' });
			});

			it('are listed for all versions and name the document, one by one as well', async () => {
				const asked = { resource, document: byId(plain), simple: false };
				const [first] = await results(engine, 'create', { ...asked, version: 'original' });
				const [second] = await results(engine, 'create', asked);

				const scoped = { ...asked, scope: 'document', returnAll: true };
				const ofDocument = await results(engine, 'getAll', scoped);
				const raw = { resource, simple: false };
				const all = await results(engine, 'getAll', { ...raw, returnAll: true });
				const [got] = await results(engine, 'get', { ...raw, shareLinkId: String(second?.id) });

				expect(ofDocument).toEqual([second, first]);
				expect(all).toEqual([first, second]);
				expect(got).toEqual(second);
			});

			it('are not created for the ID of a version or for a version of another document', async () => {
				await sandbox.forgetRequests();

				const version = await refusal(engine, 'create', { resource, document: byId(newest) });
				const other = await refusal(engine, 'create', {
					resource,
					document: byId(archived),
					version: 'id',
					versionId: String(middle),
				});
				const listed = await refusal(engine, 'getAll', {
					resource,
					scope: 'document',
					document: byId(newest),
				});
				const inBundle = await refusal(engine, 'create', {
					resource: bundle,
					documentIds: [archived, newest],
				});
				const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

				for (const { message } of [version, listed, inBundle])
					expect(message).toContain(`There is no document ${newest}`);
				expect(version.description).toContain(`Use the ID ${plain}.`);
				expect(other.message).toContain(`${middle} is not a version of the document`);
				expect(writes).toEqual([]);
			});

			it('in bundles hold the newest files, or the chosen ones', async () => {
				const asked = { resource: bundle, documentIds: [plain, archived] };

				const [byDefault] = await results(engine, 'create', asked);
				const [chosen] = await results(engine, 'create', {
					...asked,
					version: 'id',
					versionIds: [middle],
				});
				const [got] = await results(engine, 'get', {
					resource: bundle,
					bundleId: String(chosen?.id),
				});

				expect(byDefault).toMatchObject({
					documents: [plain, archived],
					versions: [newest, archived],
				});
				expect(await holds(byDefault, 'Countersigned')).toBe(true);
				expect(await holds(chosen, 'Signed')).toBe(true);
				expect(chosen).toMatchObject({
					documents: [plain, archived],
					versions: [middle, archived],
				});
				expect(got).toMatchObject({ documents: [plain, archived], versions: [middle, archived] });
			});
		});

		it('in bundles that the server makes for longer are not reported as requested', async () => {
			const body = {
				id: 7,
				slug: 'abc',
				created: '2026-05-31T10:00:00Z',
				status: 'ready',
				documents: [plain],
				file_version: 'archive',
				expiration: null,
			};
			await sandbox.misbehave({ method: 'POST', kind: 'status', status: 201, body });

			const refused = await refusal(engine, 'create', {
				resource: bundle,
				documentIds: String(plain),
				expirationDays: 7,
			});

			expect(refused.message).toBe('Share link bundle 7 is not as requested');
			expect(refused.description).toContain('it expires never');
		});

		it.each([
			['={{ -1 }}', 'must be at least 0'],
			['={{ 0.5 }}', 'must be a whole number'],
			['={{ "soon" }}', 'must be a number'],
		])('in bundles are not created for %s days', async (expirationDays, words) => {
			await sandbox.forgetRequests();

			const refused = await refusal(engine, 'create', {
				resource: bundle,
				documentIds: String(plain),
				expirationDays,
			});

			expect(refused.message).toBe(`“Expires After (Days)” ${words}`);
			expect(await sandbox.requests()).toEqual([]);
		});

		it('in bundles that the server leaves as they are, are neither packed again nor deleted', async () => {
			const asked = { resource: bundle, simple: false, documentIds: String(plain) };
			const [created] = await results(engine, 'create', asked);
			const body = { ...created, documents: [plain] };
			await sandbox.misbehave(
				{ method: 'POST', kind: 'status', status: 200, body },
				{ method: 'DELETE', kind: 'status', status: 204 },
			);
			const chosen = { resource: bundle, bundleId: String(created?.id) };

			const rebuilt = await refusal(engine, 'rebuild', chosen);
			const deleted = await refusal(engine, 'delete', chosen);

			expect(rebuilt.message).toContain('was not packed again');
			expect(deleted.message).toContain('was not deleted');
		});

		it('in bundles are returned after the files are packed', async () => {
			const [created] = await results(engine, 'create', {
				resource: bundle,
				documentIds: [archived, plain],
				expirationDays: 7,
			});
			const bundleId = String(created?.id);
			const opened = await sandbox.open(pathOf(created));
			const [rebuilt] = await results(engine, 'rebuild', { resource: bundle, bundleId });
			const ready = await results(engine, 'getAll', {
				resource: bundle,
				status: 'ready',
			});
			const failed = await results(engine, 'getAll', { resource: bundle, status: 'failed' });
			const [deleted] = await results(engine, 'delete', { resource: bundle, bundleId });
			const gone = await refusal(engine, 'get', { resource: bundle, bundleId });

			expect(created).toMatchObject({
				status: 'ready',
				documents: [archived, plain],
				url: expect.stringContaining(`${publicUrl}/share/`),
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
