import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results, run, textFile } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

type Row = { title: string; tags: number[]; custom_fields: Array<{ value: unknown }> };

describe.each(profiles)('a database that is locked, on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	let tag: number;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	afterEach(async () => await sandbox.behave());
	beforeEach(async () => {
		await sandbox.reset();
		({ id: tag } = await sandbox.api<{ id: number }>('POST', 'tags/', { name: 'Pair' }));
		await sandbox.api('POST', 'tags/', { name: 'Other' });
		await sandbox.forgetRequests();
	});

	const document = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const items = [2, 3, 5].map((id) => ({ json: { id } }));
	const row = async (id: number) => await sandbox.api<Row>('GET', `documents/${id}/`);
	const writes = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').length;

	it('lets every edit through in the end, and each is reported as it was', async () => {
		const before = await Promise.all([2, 3, 5].map(row));
		await sandbox.settings({ lockedWrites: 4 });

		const done = await results(
			engine,
			'update',
			{ document, updateFields: { title: '=Renamed {{ $json.id }}', addTags: ['Pair'] } },
			{ items },
		);

		expect(done).toMatchObject(
			[2, 3, 5].map((id, at) => ({
				id,
				updated: true,
				changes: {
					title: { from: before[at]?.title, to: `Renamed ${id}` },
					tags: { added: ['Pair'], removed: [] },
				},
			})),
		);
		for (const id of [2, 3, 5]) expect((await row(id)).tags).toContain(tag);
	});

	it('lets edits through that documents share', async () => {
		await sandbox.settings({ lockedWrites: 1 });

		const done = await results(engine, 'updateTags', {
			resource: 'documentBulk',
			target: 'ids',
			documentIds: '2, 3',
			addTags: ['Pair'],
			removeTags: ['invoice'],
		});

		expect(done).toMatchObject([{ updated: true }, { updated: true }]);
	});

	it('adds to a number once, however often that is sent', async () => {
		await results(engine, 'create', {
			resource: 'customField',
			name: 'Count',
			dataType: 'integer',
		});
		const increments = { rows: [{ field: 'Count', by: 2 }] };
		await sandbox.settings({ lockedWrites: 2 });

		const [done] = await results(engine, 'update', {
			document: byId(6),
			updateFields: { incrementCustomFields: increments },
		});

		expect(done).toMatchObject({ changes: { custom_fields: { Count: { from: null, to: 2 } } } });
		expect((await row(6)).custom_fields.map(({ value }) => value)).toContain(2);
	});

	it('that stays locked is reported after a few attempts, with what was changed', async () => {
		const body = 'Error performing bulk edit, check logs for more detail.';
		await sandbox.misbehave({ kind: 'status', status: 400, path: 'bulk_edit', body, times: 9 });

		const told = await refusal(engine, 'update', {
			document: byId(2),
			updateFields: { title: 'Renamed', addTags: ['Pair'] },
		});

		expect(told.message).toMatch(/did not complete the change|Error performing bulk edit/);
		expect(told.description).toContain('Already changed: title');
		expect(await writes()).toBe(1 + 4);
		expect((await row(2)).tags).not.toContain(tag);
	});

	it('lets a change of fields through in the end, and reports one that never gets through', async () => {
		await sandbox.settings({ lockedWrites: 2 });
		const asked = { document: byId(2), updateFields: { title: 'Renamed' } };

		const [done] = await results(engine, 'update', asked);
		await sandbox.settings({ lockedWrites: 100 });
		const told = await refusal(engine, 'update', {
			document: byId(3),
			updateFields: { title: 'Other' },
		});

		expect(done).toMatchObject({ updated: true, changes: { title: { to: 'Renamed' } } });
		expect(told.message).toContain('crashed');
		expect(told.description).not.toContain('Already changed');
	});

	it('gives a new document everything that it was uploaded with', async () => {
		const item = await textFile(engine, 'A letter to a busy server');
		await sandbox.settings({ lockedWrites: 3, consumptionSeconds: 0 });

		const [made] = await results(
			engine,
			'upload',
			{
				additionalFields: { title: 'Letter', note: 'Seen', owner: byName('clerk'), tags: ['Pair'] },
				customFields: { mappingMode: 'defineBelow', value: { '1': 'R-1' } },
			},
			{ items: [item] },
		);

		const document = await sandbox.api('GET', `documents/${String(made?.id)}/`);
		expect(document).toMatchObject({ title: 'Letter', tags: expect.arrayContaining([tag]) });
		expect(document.custom_fields).toEqual([{ field: 1, value: 'R-1' }]);
		expect(document.notes).toHaveLength(1);
	});

	it('that stays locked is not asked for every document again', async () => {
		const all = [1, 2, 3, 4, 5, 6].map((id) => ({ json: { id } }));
		await sandbox.settings({ lockedWrites: 100 });

		const { refused } = await run(
			engine,
			'update',
			{ document, updateFields: { addTags: '={{ $json.id % 2 ? ["Pair"] : ["Other"] }}' } },
			{ items: all, errorOutput: true },
		);

		expect(refused).toHaveLength(6);
		expect(await writes()).toBe(2 + 3 * 3);
	});
});
