import type { Engine } from '../support/engine.mts';
import { byId, engineFor, refusal, results, run } from '../support/paperless.mts';
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
		await sandbox.settings({ lockedWrites: 100 });

		const told = await refusal(engine, 'update', {
			document: byId(2),
			updateFields: { title: 'Renamed', addTags: ['Pair'] },
		});

		expect(told.message).toMatch(/did not complete the change|Error performing bulk edit/);
		expect(told.description).toContain('Already changed: title');
		expect(await writes()).toBe(1 + 4);
		expect((await row(2)).tags).not.toContain(tag);
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
