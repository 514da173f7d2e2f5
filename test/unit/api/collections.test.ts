import { forgetServers } from '../../../nodes/api/connection';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import { FakeTransport, json, page, recordedWait, text } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

function start(answers: ConstructorParameters<typeof FakeTransport>[0]) {
	const transport = new FakeTransport(answers);
	return { transport, client: paperlessClient(transport, recordedWait().wait) };
}

/** One row per kind: a new kind is tested by adding its row. */
const kinds = [
	['correspondents', 'correspondents', { id: 3, name: 'Water Works' }],
	['documentTypes', 'document_types', { id: 3, name: 'Invoice' }],
	['storagePaths', 'storage_paths', { id: 3, name: 'By year', path: '{{ created_year }}' }],
	['tags', 'tags', { id: 3, name: 'Inbox', is_inbox_tag: true, parent: null }],
	['customFields', 'custom_fields', { id: 3, name: 'Due', data_type: 'date', extra_data: null }],
	['savedViews', 'saved_views', { id: 3, name: 'Open', filter_rules: [] }],
	['workflows', 'workflows', { id: 3, name: 'Sort', triggers: [], actions: [] }],
] as const;

describe.each(kinds)('The list of %s', (kind, path, entity) => {
	it('returns one object by its id', async () => {
		const { transport, client } = start([json(entity)]);

		expect(await client[kind].get(3)).toEqual(entity);
		expect(transport.lines).toEqual([`GET api/${path}/3/`]);
	});

	it('returns all objects', async () => {
		const { transport, client } = start([page([entity])]);

		expect(await client[kind].list({ ordering: 'name' }, { pageSize: 50 })).toEqual([entity]);
		expect(transport.lines).toEqual([`GET api/${path}/?ordering=name&page=1&page_size=50`]);
	});

	it('accepts a new object', async () => {
		const { transport, client } = start([json(12), json(entity, 201)]);
		const create: (draft: never) => Promise<unknown> = client[kind].create;

		expect(await create({ name: entity.name } as never)).toEqual(entity);
		expect(transport.requests[1]).toMatchObject({
			method: 'POST',
			path: `api/${path}/`,
			body: { json: { name: entity.name } },
		});
	});

	it('changes only the given fields of an object', async () => {
		const { transport, client } = start([json(12), json(entity)]);
		const update: (id: number, changes: never) => Promise<unknown> = client[kind].update;

		expect(await update(3, { name: 'Other' } as never)).toEqual(entity);
		expect(transport.requests[1]).toMatchObject({
			method: 'PATCH',
			path: `api/${path}/3/`,
			body: { json: { name: 'Other' } },
		});
	});

	it('deletes an object', async () => {
		const { transport, client } = start([json(12), text('', 204)]);

		await client[kind].delete(3);

		expect(transport.lines[1]).toBe(`DELETE api/${path}/3/`);
	});
});

describe('A user', () => {
	const clara = { id: 3, username: 'clara', email: 'c@example.com' };

	it('is named by the user name, and has no password', async () => {
		const { client } = start([json({ ...clara, password: '**********' })]);

		expect(await client.users.get(3)).toEqual({ ...clara, name: 'clara' });
	});

	it('is sent with its user name', async () => {
		const { transport, client } = start([json(12), json(clara, 201), json(clara)]);

		await client.users.create({ name: 'clara', password: 'a secret' });
		await client.users.update(3, { name: 'clara' });

		expect(transport.requests.slice(1)).toMatchObject([
			{ method: 'POST', body: { json: { username: 'clara', password: 'a secret' } } },
			{ method: 'PATCH', path: 'api/users/3/', body: { json: { username: 'clara' } } },
		]);
	});
});

describe('Editing many objects', () => {
	it('is one request with kind, ids and operation', async () => {
		const { transport, client } = start([json(12), json({ result: 'OK' })]);

		await client.bulkEditObjects('tags', [3, 4], { operation: 'delete' });

		expect(transport.requests[1]).toMatchObject({
			method: 'POST',
			path: 'api/bulk_edit_objects/',
			body: { json: { objects: [3, 4], object_type: 'tags', operation: 'delete' } },
		});
	});
});

describe('A template of a storage path', () => {
	it.each([json('2024/Fee.pdf'), json(null)])('is tested on a document: %j', async (reply) => {
		const { transport, client } = start([json(12), reply]);

		expect(await client.testStoragePath('{{ title }}', 3)).toBe(JSON.parse(reply.body));
		expect(transport.requests[1]).toMatchObject({
			path: 'api/storage_paths/test/',
			body: { json: { path: '{{ title }}', document: 3 } },
		});
	});
});
