import type { IDataObject } from 'n8n-workflow';
import type { Engine } from '../../support/engine.mts';
import { byId, byName, engineFor, refusal, results, run } from '../../support/paperless.mts';
import { profiles, Sandbox } from '../../support/sandbox.mts';
import { useSandbox } from '../../support/useSandbox.mts';

type Row = {
	id: number;
	name: string;
	username?: string;
	tags: number[];
	title: string;
	content: string;
	owner: number | null;
	custom_fields: Array<{ field: number; value: unknown }>;
};

const bulk = { resource: 'documentBulk', target: 'ids' };
const eachItem = '={{ { mode: "id", value: $json.id } }}';

describe.each(profiles)('an edit of documents on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	const nests = profile !== '2.15.3';

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => await sandbox.reset());

	const row = async (id: number, more = '') =>
		await sandbox.api<Row & IDataObject>('GET', `documents/${id}/${more}`);
	const idOf = async (path: string, name: string) => {
		const { results: rows } = await sandbox.api<{ results: Row[] }>('GET', `${path}/?page_size=99`);
		return rows.find((one) => (one.username ?? one.name) === name)?.id ?? 0;
	};
	const tag = async (name: string, more: object = {}) =>
		(await sandbox.api<Row>('POST', 'tags/', { name, ...more })).id;
	const field = async (name: string, data_type: string) =>
		(await sandbox.api<Row>('POST', 'custom_fields/', { name, data_type })).id;
	const change = async (id: number, changes: object) =>
		await sandbox.api('PATCH', `documents/${id}/`, changes);
	const linksOf = async (id: number, of: number) =>
		(await row(id)).custom_fields.find((one) => one.field === of)?.value ?? null;
	const writes = async () => {
		const seen = await sandbox.requests();
		return seen.filter(({ method }) => method !== 'GET').map(({ path }) => path);
	};
	const update = async (id: number, fields: object, more: object = {}) =>
		await results(engine, 'update', { document: byId(id), updateFields: fields, ...more });
	const mapped = (value: object) => ({ customFields: { mappingMode: 'defineBelow', value } });

	describe('of tags', () => {
		let parent: number;
		let child: number;
		beforeEach(async () => {
			parent = await tag('Parent');
			child = await tag('Child', nests ? { parent } : {});
			await change(3, { tags: [parent] });
			await sandbox.forgetRequests();
		});

		it('sets a tag together with those above it', async () => {
			const [told] = await update(3, { setTags: 'Child' });

			const { tags } = await row(3);
			expect([...tags].sort()).toEqual(nests ? [parent, child].sort() : [child]);
			expect(told).toEqual({
				id: 3,
				updated: true,
				changes: { tags: { added: ['Child'], removed: nests ? [] : ['Parent'] } },
			});
		});

		it('shows the ID of a tag that goes and that the user may not see', async () => {
			const clerk = await idOf('users', 'clerk');
			const shown = await tag('Shown', { owner: null });
			await change(4, { tags: [parent], owner: clerk });

			const [told] = await results(engineFor(sandbox, 'clerk'), 'update', {
				document: byId(4),
				updateFields: { setTags: [shown] },
			});

			expect(told?.changes).toEqual({ tags: { added: ['Shown'], removed: [parent] } });
			expect((await row(4)).tags).toEqual([shown]);
		});

		it('names the tags that came and went besides', async () => {
			const [added] = await update(4, { setTags: ['Child'] });
			const [removed] = await results(engine, 'updateTags', {
				...bulk,
				documentIds: '4',
				removeTags: nests ? 'Parent' : ['Parent', 'Child'],
			});

			const names = ({ changes }: IDataObject = {}) => (changes as IDataObject).tags as IDataObject;
			expect(names(added).added).toEqual(nests ? ['Child', 'Parent'] : ['Child']);
			expect(names(removed).removed).toEqual(nests ? ['Child', 'Parent'] : ['Child']);
		});

		it('refuses to remove a tag and add one below it', async () => {
			const both = { ...bulk, documentIds: '3', addTags: 'Child', removeTags: 'Parent' };
			const { json, error } = await run(engine, 'updateTags', both);

			if (nests) expect(error?.message).toContain('needs the tag “Parent” above it');
			else expect(json[0]?.changes).toEqual({ tags: { added: ['Child'], removed: ['Parent'] } });
			expect((await writes()).length).toBe(nests ? 0 : 1);
		});

		it('says which tags stay when the inbox tags go', async () => {
			const inbox = await idOf('tags', 'Inbox');
			const below = await tag('Urgent', nests ? { parent: inbox } : {});
			await change(5, { tags: [inbox, below] });

			const [told] = await update(5, { removeInboxTags: true });

			expect((await row(5)).tags).toEqual([below]);
			expect(told?.changes).toEqual({ tags: { added: [], removed: ['Inbox'] } });
		});

		it('does the items of one document in their order, each reporting its own', async () => {
			const edits = [
				{ id: 4, title: 't1', setTags: 'Parent' },
				{ id: 5, title: 'other', setTags: 'Parent' },
				{ id: 4, title: 't2', setTags: 'invoice' },
				{ id: 4, title: 't3', setTags: 'Child' },
			];
			const told = await results(
				engine,
				'update',
				{
					document: eachItem,
					updateFields: { title: '={{ $json.title }}', setTags: '={{ $json.setTags }}' },
				},
				{ items: edits.map((json) => ({ json })) },
			);

			const titles = told.map(({ changes }) => (changes as IDataObject).title as IDataObject);
			expect(titles.map(({ to }) => to)).toEqual(['t1', 'other', 't2', 't3']);
			expect(titles[3]?.from).toBe('t2');
			expect((await row(4)).title).toBe('t3');
			expect((await row(4)).tags).toContain(child);
		});
	});

	it('that is so already writes nothing and moves nothing', async () => {
		const ids = [2, 3, 4];
		const parameters = { ...bulk, documentIds: ids.join(), addTags: 'invoice' };
		await results(engine, 'updateTags', parameters);
		const { modified } = await row(3);
		await sandbox.forgetRequests();

		const told = await results(engine, 'updateTags', parameters);

		expect(told).toEqual(ids.map((id) => ({ id, updated: false, changes: {} })));
		expect(await writes()).toEqual([]);
		expect((await row(3)).modified).toBe(modified);
	});

	it.each([
		['content', '  \n '],
		['title', '   '],
		['content', '\u001d\u0085'],
		['title', '\u001f'],
	])('leaves the %s alone when it is given blanks', async (name, blanks) => {
		const before = await row(3);

		const { message } = await refusal(engine, 'update', {
			document: byId(3),
			updateFields: { [name]: blanks },
		});

		expect(message).toBe('There is nothing to update');
		expect((await row(3))[name]).toBe(before[name]);
	});

	it('trims a title as the server does', async () => {
		const [told] = await update(3, { title: '={{ "\\u001dScanned\\u001d" }}' });

		expect(told).toMatchObject({ updated: true, changes: { title: { to: 'Scanned' } } });
	});

	it('of links keeps what others change in other fields meanwhile', async () => {
		const [links, text] = [await field('Links', 'documentlink'), await field('Text', 'string')];
		for (const id of [2, 3]) await change(id, { custom_fields: [{ field: links, value: [5, 6] }] });
		await sandbox.misbehave({ kind: 'hold', method: 'PATCH', path: 'documents/2/' });
		let isOver = false;
		const told = results(
			engine,
			'update',
			{ document: eachItem, ...mapped({ [links]: '5' }) },
			{ items: [2, 3].map((id) => ({ json: { id } })) },
		).finally(() => (isOver = true));
		while (!isOver && (await sandbox.heldRequests()) === 0);
		const { custom_fields: present } = await row(3);
		await change(3, { custom_fields: [...present, { field: text, value: 'By hand' }] });
		await sandbox.release();

		expect(await told).toMatchObject([{ updated: true }, { updated: true }]);
		expect(await linksOf(3, links)).toEqual([5]);
		expect(await linksOf(3, text)).toBe('By hand');
	});

	it('names a document that was deleted between the look and the write', async () => {
		const words = "Some documents in documents don't exist or were specified twice.";
		const body = { documents: [words] };
		await sandbox.misbehave({ kind: 'status', status: 400, path: 'bulk_edit', body });

		const { message } = await refusal(engine, 'update', {
			document: byId(3),
			updateFields: { addTags: ['invoice'] },
		});

		expect(message).toBe('“Document”: There is no document 3');
	});

	it('reports nothing of permissions that it does not concern', async () => {
		const clerk = await idOf('users', 'clerk');
		const granted = { users: [clerk], groups: [] };
		await change(3, { set_permissions: { view: granted, change: granted } });

		const [told] = await update(3, { title: 'Renamed' });

		expect(told?.changes).toEqual({ title: { from: expect.any(String), to: 'Renamed' } });
	});

	it('reports texts as they are stored', async () => {
		const [told] = await update(3, { title: '  New title ' });

		expect(told?.changes).toMatchObject({ title: { to: 'New title' } });
		expect((await row(3)).title).toBe('New title');
	});

	it('leaves a field alone whose expression yields nothing', async () => {
		const nothing = { correspondent: '={{ null }}', owner: '={{ "" }}', title: 'Given' };

		const [told] = await update(3, nothing);

		expect(Object.keys(told?.changes as object)).toEqual(['title']);
	});

	it.each([
		['set', { setTags: ['Inbox'] }],
		['added', { addTags: ['invoice', 'Inbox'] }],
	])('refuses an inbox tag that would be %s and removed', async (_, fields) => {
		const before = await row(3);

		const { message } = await refusal(engine, 'update', {
			document: byId(3),
			updateFields: { ...fields, removeInboxTags: true },
		});

		expect(message).toContain('The inbox tag “Inbox” would be added and removed');
		expect(await row(3)).toEqual(before);
	});

	it('refuses a field that would be set and cleared', async () => {
		const { message } = await refusal(engine, 'update', {
			document: byId(3),
			updateFields: { clear: ['correspondent'], correspondent: byName('City Library') },
		});

		expect(message).toContain('“Correspondent” would be set and cleared');
	});

	describe('of custom fields', () => {
		it('refuses a field that would get a value and be removed', async () => {
			const reference = await field('Other', 'string');
			const parameters = mapped({ [String(reference)]: 'hello' });
			const one = await refusal(engine, 'update', {
				document: byId(3),
				updateFields: { removeCustomFields: ['Other'] },
				...parameters,
			});
			const many = await refusal(engine, 'updateCustomFields', {
				...bulk,
				documentIds: '3',
				removeCustomFields: ['Other'],
				...parameters,
			});

			for (const { message } of [one, many])
				expect(message).toContain('“Other” would get a value and be removed');
		});

		it('refuses to replace all of them with nothing', async () => {
			const reference = await field('Ref', 'string');
			await change(3, { custom_fields: [{ field: reference, value: 'old' }] });

			const { message } = await refusal(engine, 'update', {
				document: byId(3),
				...mapped({ [String(reference)]: null }),
				options: { replaceCustomFields: true },
			});

			expect(message).toContain('no custom fields to replace the others with');
			expect((await row(3)).custom_fields).toHaveLength(1);
		});

		it('links documents of one item to each other', async () => {
			const related = await field('Linked', 'documentlink');

			const told = await results(engine, 'updateCustomFields', {
				...bulk,
				documentIds: '2, 3, 4',
				...mapped({ [String(related)]: '2, 3, 4' }),
			});

			expect(told.map(({ updated }) => updated)).toEqual([true, true, true]);
			const links = await Promise.all([2, 3, 4].map(async (id) => await linksOf(id, related)));
			expect(links.map((ids) => [...(ids as number[])].sort())).toEqual([
				[3, 4],
				[2, 4],
				[2, 3],
			]);
		});

		it('names the documents that are linked back', async () => {
			const related = await field('Linked', 'documentlink');

			const [told] = await update(2, {}, mapped({ [String(related)]: '3' }));

			expect(told?.changes).toEqual({
				custom_fields: { Linked: { from: null, to: [3] } },
				linked_back: { Linked: { added: [3], removed: [] } },
			});
		});

		it('leaves no stale link back on a third document', async () => {
			const related = await field('Linked', 'documentlink');
			const link = async (id: number, to: number) =>
				await change(id, { custom_fields: [{ field: related, value: [to] }] });
			await link(2, 3);
			await link(4, 3);

			const [told] = await update(3, {}, mapped({ [String(related)]: '2' }));

			expect(await linksOf(3, related)).toEqual([2]);
			expect(await linksOf(4, related)).toEqual([]);
			expect(told?.changes).toMatchObject({ linked_back: { Linked: { removed: [4] } } });
		});

		it('refuses a link to an unknown document before anything is sent', async () => {
			const related = await field('Linked', 'documentlink');
			await sandbox.forgetRequests();

			const { message } = await refusal(engine, 'update', {
				document: byId(2),
				...mapped({ [String(related)]: '3, 99999' }),
			});

			expect(message).toContain('“Linked” links to document 99999');
			expect(await writes()).toEqual([]);
			expect(await linksOf(2, related)).toBeNull();
		});
	});

	describe('of permissions', () => {
		it('sets the owner that was asked for, also when it merges', async () => {
			const clerk = await idOf('users', 'clerk');
			const told = await results(engine, 'setPermissions', {
				...bulk,
				documentIds: '2, 3',
				permissions: { viewUsers: 'reader' },
				options: { merge: true, owner: byName('clerk') },
			});

			expect((await row(2)).owner).toBe(clerk);
			for (const { changes } of told)
				expect(changes).toMatchObject({ owner: { from: 'admin', to: 'clerk' } });
		});

		it('lets everybody see a document who may change it', async () => {
			const clerk = await idOf('users', 'clerk');
			const reader = await idOf('users', 'reader');
			await change(3, { set_permissions: { change: { users: [clerk] } } });

			await results(engine, 'setPermissions', {
				...bulk,
				documentIds: '3',
				permissions: { viewUsers: 'reader' },
			});

			const { permissions } = (await row(3, '?full_perms=true')) as unknown as {
				permissions: { view: { users: number[] } };
			};
			expect([...permissions.view.users].sort()).toEqual([clerk, reader].sort());
		});
	});

	describe('that is refused', () => {
		it('creates nothing', async () => {
			const missing = await refusal(engine, 'update', {
				document: byId(99999),
				updateFields: { correspondent: byName('Brand New'), setTags: ['Newer'] },
				options: { createIfMissing: true },
			});

			expect(missing.message).toContain('There is no document 99999');
			expect(await idOf('correspondents', 'Brand New')).toBe(0);
			expect(await idOf('tags', 'Newer')).toBe(0);
		});

		it('names what was created for it', async () => {
			await sandbox.misbehave({
				kind: 'status',
				status: 400,
				method: 'PATCH',
				path: '/documents/',
			});
			const refused = await refusal(engine, 'update', {
				document: byId(3),
				updateFields: { correspondent: byName('Brand New') },
				options: { createIfMissing: true },
			});
			await sandbox.behave();

			expect(refused.description).toContain('correspondent “Brand New”');
		});

		it('names nothing that the server refused to create', async () => {
			const refused = await refusal(engine, 'update', {
				document: byId(3),
				updateFields: { correspondent: byName('x'.repeat(129)), documentType: byName('New type') },
				options: { createIfMissing: true },
			});

			expect(refused.message).toContain('no more than 128 characters');
			expect(refused.description).toBe('Created for this change: document type “New type”.');
			expect(await idOf('document_types', 'New type')).toBeGreaterThan(0);
		});

		it('says of no item that names were created for it whose documents are all missing', async () => {
			const { json } = await run(
				engine,
				'updateTags',
				{
					...bulk,
					documentIds: '={{ $json.ids }}',
					addTags: 'To Be Made',
					options: { createIfMissing: true },
				},
				{ items: ['3, 99999', '99999'].map((ids) => ({ json: { ids } })), continueOnFail: true },
			);

			expect(json).toMatchObject([
				{ id: 3, updated: true },
				{ id: 99999, details: expect.stringContaining('tag “To Be Made”') },
				{ error: expect.stringContaining('no document 99999') },
			]);
			expect(JSON.stringify(json[2])).not.toContain('To Be Made');
		});

		it('by a dry run finds unknown documents and names, and says what would change', async () => {
			const dry = { ...bulk, dryRun: true };
			const unknown = await refusal(engine, 'updateTags', {
				...dry,
				documentIds: '2',
				addTags: 'invoise',
			});
			await sandbox.forgetRequests();
			const told = await results(engine, 'updateTags', {
				...dry,
				documentIds: '3, 99999',
				addTags: 'To Be Made',
				options: { createIfMissing: true },
			});

			expect(unknown.message).toContain('There is no tag “invoise”');
			expect(told[0]).toEqual({
				id: 3,
				updated: false,
				dry_run: true,
				changes: { tags: { added: ['To Be Made'], removed: [] } },
			});
			expect(told[1]?.reason).toBe('There is no document 99999');
			expect(await writes()).toEqual([]);
		});
	});

	it('with some documents refused sends these to the error output', async () => {
		const parameters = { ...bulk, documentIds: '3, 99999', addTags: 'invoice' };
		const items = [{ json: { ticket: 7 } }];

		const told = await run(engine, 'updateTags', parameters, { items, errorOutput: true });

		expect(told.json.map(({ id }) => id)).toEqual([3]);
		expect(told.refused.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('There is no document 99999'),
		]);
		expect(told.refused[0]?.pairedItem).toMatchObject({ item: 0 });
	});

	it('costs a few requests for a thousand equal changes, and no write when they are so', async () => {
		await sandbox.reset('empty');
		await sandbox.seed({ documents: 1000, tags: 2 });
		const { results: rows } = await sandbox.api<{ results: Row[] }>(
			'GET',
			'documents/?fields=id&page_size=1000',
		);
		const items = rows.map(({ id }) => ({ json: { id } }));
		await tag('Checked');
		const edit = async () => {
			await sandbox.forgetRequests();
			const parameters = { document: eachItem, updateFields: { addTags: 'Checked' } };
			await results(engine, 'update', parameters, { items });
			return await sandbox.requests();
		};

		const first = await edit();
		const second = await edit();

		expect(first.length).toBeLessThanOrEqual(8);
		expect(second.length).toBeLessThanOrEqual(3);
		expect(second.filter(({ method }) => method !== 'GET')).toEqual([]);
	}, 60_000);
});

describe('the ID of a version', () => {
	const { sandbox, engine } = useSandbox('3.0.5');
	let version: number;

	beforeAll(async () => {
		const letter = {
			json: {},
			binary: {
				data: await engine.store(new TextEncoder().encode('Newer'), 'newer.txt', 'text/plain'),
			},
		};
		await results(
			engine,
			'upload',
			{ resource: 'documentVersion', document: byId(2) },
			{ items: [letter] },
		);
		const { versions } = await sandbox.api<{ versions: Array<{ id: number }> }>(
			'GET',
			'documents/2/',
		);
		version = versions[0]?.id ?? 0;
		await sandbox.forgetRequests();
	});

	const written = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').map(({ path }) => path);

	it.each([
		['update', { updateFields: { addTags: ['invoice'] } }],
		['updateTags', { resource: 'documentBulk', target: 'item', addTags: 'invoice' }],
		['reprocess', { resource: 'documentBulk', target: 'item' }],
	])('is no document to %s', async (operation, parameters) => {
		const told = await refusal(engine, operation, { document: byId(version), ...parameters });

		expect(told.message).toContain(
			`There is no document ${version}: ${version} is now a version of 2`,
		);
		expect(await written()).toEqual([]);
	});

	it('is no document to delete, and documents with versions are deleted one by one', async () => {
		const { json } = await run(
			engine,
			'delete',
			{ document: eachItem },
			{ items: [2, 3, version].map((id) => ({ json: { id } })), continueOnFail: true },
		);

		expect(json.slice(0, 2)).toEqual([2, 3].map((id) => ({ deleted: true, id, in_trash: true })));
		expect(json[2]?.error).toContain(`There is no document ${version}`);
		expect(await written()).toEqual(['/api/documents/3/', '/api/documents/2/']);
	});
});
