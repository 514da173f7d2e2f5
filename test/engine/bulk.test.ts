import type { Engine } from '../support/engine.mts';
import { byName, engineFor, refusal, results, run } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('bulk operations on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	const resource = 'documentBulk';

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => await sandbox.reset());

	const everything = async () => await results(engine, 'getAll', { returnAll: true });
	const fromItems = { target: 'item', document: '={{ { mode: "id", value: $json.id } }}' };

	it('make the same change to all input items in one request', async () => {
		const items = (await everything()).map((json) => ({ json }));
		await sandbox.forgetRequests();

		const changed = await results(
			engine,
			'updateTags',
			{
				resource,
				...fromItems,
				addTags: 'Checked',
				removeTags: ['invoice'],
				options: { createIfMissing: true },
			},
			{ items },
		);
		const writes = (await sandbox.requests()).filter(({ path }) => path.endsWith('/bulk_edit/'));
		const after = await everything();

		expect(changed).toEqual(
			items.map(({ json }) => ({
				id: json.id,
				updated: true,
				changes: {
					tags: {
						added: ['Checked'],
						removed: (json.tags as string[]).filter((name) => name === 'invoice'),
					},
				},
			})),
		);
		expect(writes).toHaveLength(1);
		expect(after.every(({ tags }) => (tags as string[]).includes('Checked'))).toBe(true);
		expect(after.some(({ tags }) => (tags as string[]).includes('invoice'))).toBe(false);
	});

	it('change the documents that match a filter and no others', async () => {
		const before = await results(engine, 'getAll', {
			filters: { anyTags: 'invoice' },
			returnAll: true,
		});

		const changed = await results(engine, 'setCorrespondent', {
			resource,
			target: 'filter',
			filters: { anyTags: 'invoice' },
			correspondent: byName('Revenue Office'),
			options: { createIfMissing: true },
		});
		const after = await everything();

		expect(changed.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
		const hit = after.filter(({ correspondent }) => correspondent === 'Revenue Office');
		expect(hit.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
	});

	it('are rejected without a filter instead of changing every document', async () => {
		await sandbox.forgetRequests();

		const refused = await refusal(engine, 'reprocess', { resource, target: 'filter' });
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(refused.message).toContain('No filter is set');
		expect(writes).toHaveLength(0);
	});

	it('list the documents of a dry run without changing or creating anything', async () => {
		await sandbox.forgetRequests();

		const listed = await results(engine, 'updateTags', {
			resource,
			target: 'filter',
			filters: { hasTags: true },
			addTags: 'Never made',
			options: { createIfMissing: true },
			dryRun: true,
		});
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(listed.length).toBeGreaterThan(0);
		expect(listed.every(({ updated, dry_run }) => updated === false && dry_run === true)).toBe(
			true,
		);
		expect(writes).toHaveLength(0);
	});

	it('change the remaining documents when one does not exist', async () => {
		const known = (await everything()).slice(0, 2);
		const items = [...known, { id: 99999 }].map((json) => ({ json }));

		const { json } = await run(
			engine,
			'setDocumentType',
			{
				resource,
				...fromItems,
				documentType: byName('Report'),
				options: { createIfMissing: true },
			},
			{ items, continueOnFail: true },
		);

		expect(json.slice(0, 2)).toEqual(
			known.map(({ id, document_type: from }) => ({
				id,
				updated: true,
				changes: { document_type: { from, to: 'Report' } },
			})),
		);
		expect(json[2]?.error).toContain('99999');
	});

	it('are rejected as a whole when no document could be changed', async () => {
		const { message, description } = await refusal(engine, 'setDocumentType', {
			resource,
			target: 'ids',
			documentIds: '99998, 99999',
			documentType: byName('Letter'),
		});

		expect(message).toBe('No document was changed');
		expect(description).toContain('There is no document 99998. There is no document 99999');
	});

	it('name the parameter of a tag whose ID is unknown', async () => {
		const { message } = await refusal(engine, 'updateTags', {
			resource,
			target: 'ids',
			documentIds: '2',
			addTags: [99999],
		});

		expect(message).toMatch(/^“Add Tag Names or IDs”: Some tags in add_tags don.t exist/);
	});

	it('name the parameter that an unknown document comes from', async () => {
		const list = { documentIds: '99999', documentType: byName('Letter') };
		const bulk = await refusal(engine, 'setDocumentType', { resource, target: 'ids', ...list });
		const merge = await refusal(engine, 'merge', { resource: 'pdf', target: 'ids', ...list });

		for (const { message } of [bulk, merge])
			expect(message).toBe('“Document IDs”: There is no document 99999');
	});

	it('set a custom field of listed documents and keep their other fields', async () => {
		const [document] = await results(engine, 'getAll', {
			filters: { hasCustomFields: true },
			limit: 1,
			output: 'raw',
		});
		const before = document?.custom_fields as Array<{ field: number }>;
		const fields = await results(engine, 'getAll', { resource: 'customField', returnAll: true });
		const url = fields.find(({ data_type }) => data_type === 'url');

		await results(engine, 'updateCustomFields', {
			resource,
			target: 'ids',
			documentIds: String(document?.id),
			customFields: {
				mappingMode: 'defineBelow',
				value: { [String(url?.id)]: 'https://example.com/a' },
			},
		});
		const [after] = await results(engine, 'getAll', {
			filters: { ids: String(document?.id) },
			output: 'raw',
		});

		const held = (after?.custom_fields as Array<{ field: number }>).map(({ field }) => field);
		expect(held).toEqual(expect.arrayContaining([...before.map(({ field }) => field), url?.id]));
	});

	it('replace permissions without making documents public', async () => {
		const ids = (await everything()).map(({ id }) => id);
		const owner = async () =>
			(await sandbox.api<{ owner: number | null }>('GET', `documents/${String(ids[0])}/`)).owner;
		const before = await owner();

		await results(engine, 'setPermissions', {
			resource,
			target: 'ids',
			documentIds: ids.join(','),
			permissions: { viewUsers: 'reader' },
		});

		expect(before).not.toBeNull();
		expect(await owner()).toBe(before);
	});
});
