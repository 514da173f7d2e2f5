import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results } from '../support/paperless.mts';
import { Sandbox } from '../support/sandbox.mts';

const path = 'Cellar / Shelf / May';
let sandbox: Sandbox;
let engine: Engine;
let may: number;

const tag = async (name: string, parent?: number) =>
	(await sandbox.api<{ id: number }>('POST', 'tags/', { name, ...(parent && { parent }) })).id;
const tagsOf = async (id: number) =>
	(await sandbox.api<{ tags: number[] }>('GET', `documents/${id}/`)).tags;
const nothingWritten = async () =>
	expect((await sandbox.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);

describe('a tag by its path', () => {
	beforeAll(async () => {
		sandbox = await Sandbox.start('3.0.5');
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		may = await tag('May', await tag('Shelf', await tag('Cellar')));
		await sandbox.forgetRequests();
	});

	it('is accepted in every parameter that takes a tag', async () => {
		const locator = byName(path);
		await results(engine, 'update', { document: byId(2), updateFields: { addTags: [path] } });
		const found = await results(engine, 'getAll', { filters: { allTags: `invoice, ${path}` } });
		const [got] = await results(engine, 'get', { resource: 'tag', tag: locator });
		const [below] = await results(engine, 'create', {
			resource: 'tag',
			name: 'Early',
			additionalFields: { parent: byName('cellar / shelf / may') },
		});
		await results(engine, 'updateTags', {
			resource: 'documentBulk',
			target: 'ids',
			documentIds: '3',
			addTags: [path],
		});
		const [claimed] = await results(engine, 'claimNext', {
			tag: locator,
			replaceWith: byName('Cellar'),
			output: 'raw',
		});

		expect(found.map(({ id }) => id)).toEqual([2]);
		expect(got?.id).toBe(may);
		expect(below?.path).toBe(`${path} / Early`);
		expect(claimed?.tags).not.toContain(may);
		expect(await tagsOf(claimed?.id === 2 ? 3 : 2)).toContain(may);
	});

	it('names the tag with exactly this name where there is one', async () => {
		const plain = await tag(path);

		const [got] = await results(engine, 'get', { resource: 'tag', tag: byName(path) });

		expect(got?.id).toBe(plain);
	});

	it.each([
		['Celler / Shelf', 'There is no tag “Celler” at the top of the tree', 'Cellar'],
		['Cellar / Shelve', 'There is no tag “Shelve” under “Cellar”', 'Cellar / Shelf'],
		[`${path} / Late`, `There is no tag “Late” under “${path}”`, ''],
	])('that is unknown is rejected with its unknown part: %s', async (unknown, message, near) => {
		const error = await refusal(engine, 'update', {
			document: byId(2),
			updateFields: { addTags: [unknown] },
		});

		expect(error.message).toBe(`“Add Tag Names or IDs”: ${message}`);
		expect(error.description).toContain(near && `Did you mean “${near}”?`);
		await nothingWritten();
	});

	it('is completed by “Create If Missing”, with each part once for all items', async () => {
		await results(
			engine,
			'update',
			{
				document: '={{ { mode: "id", value: $json.id } }}',
				updateFields: { addTags: '={{ $json.tags }}' },
				options: { createIfMissing: true },
			},
			{
				items: [
					{ json: { id: 2, tags: ['Cellar / Rack / June', 'Paid / Early'] } },
					{ json: { id: 3, tags: ['Cellar / Rack / July', 'Cellar / Rack / June'] } },
				],
			},
		);
		const created = (await sandbox.requests()).filter(
			({ method, path: route }) => method === 'POST' && route === '/api/tags/',
		);
		const [july] = await results(engine, 'get', {
			resource: 'tag',
			tag: byName('Cellar / Rack / July'),
		});

		expect(created).toHaveLength(5);
		expect(await tagsOf(3)).toContain(july?.id);
		expect(await tagsOf(2)).not.toContain(july?.id);
	});

	it('that the server refuses to create as a whole is refused with what was created', async () => {
		const error = await refusal(engine, 'update', {
			document: byId(2),
			updateFields: { addTags: ['Top / A / B / C / D / E'] },
			options: { createIfMissing: true },
		});

		expect(error.message).toContain('Maximum nesting depth exceeded');
		expect(error.description).toContain('Created before: “Top”, “A”, “B”, “C”, “D”.');
	});

	it('is not created when its last part exists elsewhere in the tree', async () => {
		const error = await refusal(engine, 'update', {
			document: byId(2),
			updateFields: { addTags: ['Bills / May'] },
			options: { createIfMissing: true },
		});

		expect(error.message).toContain('The tag “May” already exists elsewhere in the tree');
		expect(await tagsOf(2)).not.toContain(may);
	});
});

it('a path is a plain name on servers without nested tags', async () => {
	const old = await Sandbox.start('2.15.3');
	const before = await refusal(engineFor(old), 'get', { resource: 'tag', tag: byName(path) });
	await results(engineFor(old), 'update', {
		document: byId(2),
		updateFields: { addTags: [path] },
		options: { createIfMissing: true },
	});
	const [got] = await results(engineFor(old), 'get', { resource: 'tag', tag: byName(path) });
	await old.close();

	expect(before.message).toContain(`There is no tag “${path}”`);
	expect(got?.name).toBe(path);
});
