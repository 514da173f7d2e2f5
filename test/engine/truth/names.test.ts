import type { Engine } from '../../support/engine.mts';
import { byId, byName, engineFor, refusal, results, run } from '../../support/paperless.mts';
import { profiles, Sandbox } from '../../support/sandbox.mts';

type Row = { id: number; name: string; owner: number | null; parent?: number | null };

const writesOf = async (sandbox: Sandbox) =>
	(await sandbox.requests())
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path}`);

describe.each(profiles)('names and IDs on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;

	const make = async (path: string, draft: object) =>
		await sandbox.api<Row>('POST', `${path}/`, draft);
	const rows = async (path: string, name: string) =>
		(await sandbox.api<{ results: Row[] }>('GET', `${path}/?page_size=1000`)).results.filter(
			(row) => row.name === name,
		);

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.forgetRequests();
	});

	it.each([
		['correspondent', 'correspondents', { name: 'Rent' }],
		['documentType', 'document_types', { name: 'Rent' }],
		['storagePath', 'storage_paths', { name: 'Rent', path: 'x' }],
		['tag', 'tags', { name: 'Rent' }],
		['customField', 'custom_fields', { name: 'Rent', data_type: 'string' }],
		[
			'savedView',
			'saved_views',
			{ name: 'Rent', filter_rules: [], show_in_sidebar: false, show_on_dashboard: false },
		],
	])(
		'a name of digits never deletes the object with this ID: %s',
		async (resource, path, draft) => {
			const { id } = await make(path, draft);
			await sandbox.forgetRequests();

			const refused = await refusal(engine, 'delete', { resource, [resource]: byName(String(id)) });
			const wrong = await refusal(engine, 'delete', {
				resource,
				[resource]: byId('={{ "Rent" }}'),
			});

			expect(refused.message).toContain(`“${id}”`);
			expect(refused.description).toContain('By ID');
			expect(wrong.message).toContain('is not an ID');
			expect(await writesOf(sandbox)).toEqual([]);
		},
	);

	it('a name of digits is a name in locators and in lists, where an object has it', async () => {
		const { id: year } = await make('tags', { name: '1999' });
		await results(engine, 'update', {
			document: byId(2),
			updateFields: { addTags: ['1999'], correspondent: byName('City Library') },
		});
		const refused = await refusal(engine, 'update', {
			document: byId(2),
			updateFields: { correspondent: byName('1') },
		});
		const { tags } = await sandbox.api<{ tags: number[] }>('GET', 'documents/2/');

		expect(tags).toContain(year);
		expect(refused.message).toContain('There is no correspondent “1”');
	});

	it('a text of digits that is the name of one object and the ID of another is ambiguous', async () => {
		const { id } = await make('tags', { name: 'Other' });
		await make('tags', { name: String(id) });

		const refused = await refusal(engine, 'update', {
			document: byId(2),
			updateFields: { addTags: [String(id)] },
		});

		expect(refused.message).toContain(`Tag “${id}” is ambiguous`);
	});

	it('“Create If Missing” creates names of digits, even where an object has them as its ID', async () => {
		const { id } = await make('correspondents', { name: 'Other' });

		await results(engine, 'update', {
			document: byId(2),
			updateFields: { addTags: ['2025'], correspondent: byName(String(id)) },
			options: { createIfMissing: true },
		});
		const [tag] = await rows('tags', '2025');
		const [correspondent] = await rows('correspondents', String(id));
		const document = await sandbox.api('GET', 'documents/2/');

		expect(document).toMatchObject({ correspondent: correspondent?.id });
		expect(document.tags).toContain(tag?.id);
	});

	it('names that read alike are the same name', async () => {
		const { id } = await make('tags', { name: 'Cafe\u0301' });

		const [got] = await results(engine, 'get', { resource: 'tag', tag: byName(' CAF\u00c9 ') });
		const [written] = await results(engine, 'upsert', {
			resource: 'tag',
			name: 'Caf\u00e9',
			additionalFields: { match: 'x' },
		});

		expect([got?.id, written?.id]).toEqual([id, id]);
	});

	it('a name that several items write in several ways is created as the first one writes it', async () => {
		const items = ['Caf\u00e9', 'CAFE\u0301', ' caf\u00e9 '].map((name) => ({ json: { name } }));

		const done = await results(
			engine,
			'update',
			{
				document: byId(3),
				updateFields: { correspondent: byName('={{ $json.name }}') },
				options: { createIfMissing: true },
			},
			{ items },
		);

		expect(done[0]).toMatchObject({ changes: { correspondent: { to: 'Caf\u00e9' } } });
		expect(await rows('correspondents', 'Caf\u00e9')).toHaveLength(1);
	});

	it('a name is created as the first item writes it, also where that item writes several', async () => {
		const items = [['One', 'Two', 'Three Tags'], ['three tags'], ['THREE TAGS', 'One']].map(
			(names) => ({ json: { names } }),
		);

		const done = await results(
			engine,
			'update',
			{
				document: byId(3),
				updateFields: { addTags: '={{ $json.names }}' },
				options: { createIfMissing: true },
			},
			{ items },
		);

		expect(done[0]).toMatchObject({
			changes: { tags: { added: expect.arrayContaining(['Three Tags']) } },
		});
		expect(done.slice(1)).toMatchObject([{ updated: false }, { updated: false }]);
		expect(await rows('tags', 'Three Tags')).toHaveLength(1);
	});

	it.each([
		['CASE', ['CaSe', 'case']],
		['Dup', ['Dup', 'Dup']],
	])('“Create or Update” of the ambiguous name %s changes nothing', async (name, names) => {
		const { results: users } = await sandbox.api<{ results: Row[] }>('GET', 'users/');
		for (const [at, one] of names.entries())
			await make('correspondents', { name: one, owner: users[at]?.id });
		await sandbox.forgetRequests();

		const refused = await refusal(engine, 'upsert', {
			resource: 'correspondent',
			name,
			additionalFields: { match: 'x' },
		});

		expect(refused.message).toContain(`“${name}” is ambiguous`);
		expect(await writesOf(sandbox)).toEqual([]);
	});

	it('a tag of a path is the one that is written like this, or none of several', async () => {
		if (profile === '2.15.3') return;
		const { results: users } = await sandbox.api<{ results: Row[] }>('GET', 'users/');
		const year = await make('tags', { name: 'Year' });
		const [low, high] = [
			await make('tags', { name: 'june', parent: year.id, owner: users[0]?.id }),
			await make('tags', { name: 'JUNE', parent: year.id, owner: users[1]?.id }),
		];

		const [got] = await results(engine, 'get', { resource: 'tag', tag: byName('year / JUNE') });
		const refused = await refusal(engine, 'get', { resource: 'tag', tag: byName('Year / June') });

		expect(got?.id).toBe(high.id);
		expect(refused.message).toContain('Tag “June” is ambiguous');
		expect(refused.description).toContain(`“june” (ID ${low.id}), “JUNE” (ID ${high.id})`);
	});

	it('executions that create the same name at the same time use one object', async () => {
		await sandbox.misbehave({ kind: 'latency', ms: 300, method: 'GET', path: 'tags', times: 4 });
		const runs = await Promise.all(
			[2, 3, 4, 5].map((id) =>
				run(engine, 'update', {
					document: byId(id),
					updateFields: { addTags: ['Raced'] },
					options: { createIfMissing: true },
				}),
			),
		);
		const upserts = await Promise.all(
			[1, 2].map(() => run(engine, 'upsert', { resource: 'correspondent', name: 'Raced' })),
		);

		expect([...runs, ...upserts].map(({ error }) => error?.message)).toEqual(
			Array(6).fill(undefined),
		);
		const tags = await rows('tags', 'Raced');
		expect(tags).toHaveLength(1);
		for (const id of [2, 3, 4, 5]) {
			const document = await sandbox.api<{ tags: number[] }>('GET', `documents/${id}/`);
			expect(document.tags).toContain(tags[0]?.id);
		}
		expect(await rows('correspondents', 'Raced')).toHaveLength(1);
	});

	it.each(['update', 'upload'])(
		'what “Create If Missing” creates belongs to nobody if this is chosen: %s',
		async (operation) => {
			const options = { createIfMissing: true, ownerOfCreated: 'nobody' };
			const correspondent = byName('Nobody’s');
			const store = async (text: string) => ({
				json: {},
				binary: { data: await engine.store(new TextEncoder().encode(text), 'a.txt', 'text/plain') },
			});
			await results(
				engine,
				operation,
				operation === 'update'
					? { document: byId(2), updateFields: { correspondent }, options }
					: { additionalFields: { correspondent }, options },
				{ items: [await store('Letter of nobody')] },
			);

			expect(await rows('correspondents', 'Nobody’s')).toMatchObject([{ owner: null }]);
		},
	);

	it('what “Create If Missing” creates in bulk belongs to nobody if this is chosen', async () => {
		const choice = { createIfMissing: true, ownerOfCreated: 'nobody' };
		const several = {
			resource: 'documentBulk',
			target: 'ids',
			documentIds: '2, 3',
			options: choice,
		};
		await results(engine, 'updateTags', { ...several, addTags: ['Free'] });
		await results(engine, 'setCorrespondent', { ...several, correspondent: byName('Free') });
		await results(engine, 'setDocumentType', { ...several, documentType: byName('Free') });

		for (const path of ['tags', 'correspondents', 'document_types'])
			expect(await rows(path, 'Free')).toMatchObject([{ owner: null }]);
	});

	it.each(['update', 'updateTags'])(
		'what “Create If Missing” creates is owned and shared as the document if this is chosen: %s',
		async (operation) => {
			const { results: users } = await sandbox.api<{
				results: Array<{ id: number; username: string }>;
			}>('GET', 'users/');
			const idOf = (name: string) => users.find(({ username }) => username === name)?.id ?? 0;
			const set_permissions = {
				view: { users: [idOf('reader')], groups: [1] },
				change: { users: [], groups: [] },
			};
			await sandbox.api('PATCH', 'documents/2/', { owner: idOf('clerk'), set_permissions });
			const choice = { createIfMissing: true, ownerOfCreated: 'document' };

			await results(
				engine,
				operation,
				operation === 'update'
					? { document: byId(2), updateFields: { addTags: ['Theirs'] }, options: choice }
					: {
							resource: 'documentBulk',
							target: 'ids',
							documentIds: '2, 3',
							addTags: ['Theirs'],
							options: choice,
						},
			);

			const [tag] = await rows('tags', 'Theirs');
			expect(await sandbox.api('GET', `tags/${String(tag?.id)}/?full_perms=true`)).toMatchObject({
				owner: idOf('clerk'),
				permissions: set_permissions,
			});
		},
	);

	it('what “Create If Missing” creates gets the owner that the same change sets', async () => {
		const updateFields = { addTags: ['Public'], clear: ['owner'] };
		const options = { createIfMissing: true, ownerOfCreated: 'document' };
		await results(engine, 'update', { document: byId(2), updateFields, options });

		expect(await rows('tags', 'Public')).toMatchObject([{ owner: null }]);
	});

	it('what “Create If Missing” creates for an upload belongs to the owner of the document', async () => {
		const options = { createIfMissing: true, ownerOfCreated: 'document' };
		const additionalFields = { tags: ['Handed over'], owner: byName('clerk') };
		const data = await engine.store(new TextEncoder().encode('Letter'), 'a.txt', 'text/plain');
		await results(
			engine,
			'upload',
			{ additionalFields, permissions: { viewUsers: 'reader' }, options },
			{ items: [{ json: {}, binary: { data } }] },
		);

		const [tag] = await rows('tags', 'Handed over');
		const stored = await sandbox.api<{
			owner: number;
			permissions: { view: { users: number[] } };
		}>('GET', `tags/${String(tag?.id)}/?full_perms=true`);
		const owner = await sandbox.api<{ username: string }>('GET', `users/${stored.owner}/`);
		expect(owner.username).toBe('clerk');
		expect(stored.permissions.view.users).toHaveLength(1);
	});

	if (profile !== '2.15.3') {
		it('the path of a tag means the same tag when it is created, updated and used', async () => {
			const parent = await make('tags', { name: 'Parent' });

			const [created] = await results(engine, 'upsert', { resource: 'tag', name: 'Parent / Kid' });
			const [updated] = await results(engine, 'upsert', {
				resource: 'tag',
				name: 'Parent / Kid',
				additionalFields: { match: 'kid' },
			});
			await results(engine, 'update', {
				document: byId(2),
				updateFields: { addTags: ['Parent / Kid'] },
			});
			const [other] = await results(engine, 'create', { resource: 'tag', name: 'New / Kind' });
			const refused = await refusal(engine, 'upsert', {
				resource: 'tag',
				name: 'Parent / Kid',
				additionalFields: { parent: byName('New') },
			});

			expect(created).toMatchObject({ created: true, name: 'Kid', path: 'Parent / Kid' });
			expect(updated).toMatchObject({
				created: false,
				id: created?.id,
				updated: true,
				changes: { match: { from: '', to: 'kid' } },
			});
			const document = await sandbox.api<{ tags: number[] }>('GET', 'documents/2/');
			expect(document.tags).toEqual(expect.arrayContaining([created?.id, parent.id]));
			expect(other?.path).toBe('New / Kind');
			expect(refused.message).toContain('contradicts the path');
		});

		it('a path below a parent that is hidden creates nothing', async () => {
			const clerk = engineFor(sandbox, 'clerk');
			const parent = await make('tags', { name: 'Hidden' });
			const kid = await make('tags', { name: 'Kid', parent: parent.id });
			await sandbox.api('PATCH', `tags/${kid.id}/`, { owner: null });
			await sandbox.api('PATCH', 'documents/2/', { owner: null });
			await sandbox.forgetRequests();

			const refused = await refusal(clerk, 'update', {
				document: byId(2),
				updateFields: { addTags: ['Hidden / Kid'] },
				options: { createIfMissing: true },
			});

			expect(refused.message).toContain('“Kid” already exists elsewhere in the tree');
			expect(await writesOf(sandbox)).toEqual([]);
		});

		it('a path that contradicts its parent creates no part of it', async () => {
			await make('tags', { name: 'Parent' });
			await sandbox.forgetRequests();

			for (const operation of ['create', 'upsert']) {
				const { message } = await refusal(engine, operation, {
					resource: 'tag',
					name: 'Root / Leaf',
					additionalFields: { parent: byName('Parent') },
				});
				expect(message).toContain('contradicts the path');
			}
			expect(await writesOf(sandbox)).toEqual([]);
		});

		it('a path whose last part the server refuses says which parts were created', async () => {
			for (const operation of ['create', 'upsert']) {
				const refused = await refusal(engine, operation, {
					resource: 'tag',
					name: `By ${operation} / Leaf`,
					additionalFields: { match: '(', matchingAlgorithm: 4 },
				});
				expect(refused.message).toContain('regular expression');
				expect(refused.description).toContain(`Created before: “By ${operation}”.`);
			}
		});

		it('a path with a part that exists elsewhere creates no other part of it', async () => {
			await make('tags', { name: 'Leaf' });
			await sandbox.forgetRequests();

			for (const operation of ['create', 'upsert']) {
				const { message } = await refusal(engine, operation, {
					resource: 'tag',
					name: 'Root / Branch / Leaf',
				});
				expect(message).toContain('“Leaf” already exists elsewhere');
			}
			expect(await writesOf(sandbox)).toEqual([]);
		});
	}
});
