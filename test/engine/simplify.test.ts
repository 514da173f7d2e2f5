import { PaperlessNgx } from '../../nodes/PaperlessNgx/PaperlessNgx.node.ts';
import { resources } from '../../nodes/PaperlessNgx/resources/index.ts';
import { byId, byName, engineFor, results } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

const tag = { resource: 'tag', tag: byName('invoice') };

describe.each(profiles)('Simplify on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
	});
	afterAll(async () => await sandbox.close());

	it('names the owner and leaves out what only the server needs', async () => {
		const [one] = await results(engineFor(sandbox), 'get', tag);
		const all = await results(engineFor(sandbox), 'getAll', { resource: 'tag', returnAll: true });

		expect(one).toMatchObject({ name: 'invoice', path: 'invoice', owner: 'admin' });
		for (const key of ['slug', 'is_insensitive', 'text_color', 'user_can_change', 'parent'])
			expect(one).not.toHaveProperty(key);
		expect(all.find(({ name }) => name === 'invoice')).toEqual(one);
	});

	it('returns the row of the server where it is off', async () => {
		const [one] = await results(engineFor(sandbox), 'get', { ...tag, simple: false });

		const row = await sandbox.api('GET', `tags/${String(one?.id)}/`);
		expect({ children: row.children, ...one }).toEqual(row);
	});

	it('shows what was written as Get shows it, beside what changed', async () => {
		const engine = engineFor(sandbox);
		const reads = { resource: 'tag', tag: byName('Shape') };
		const made = { resource: 'tag', name: 'Shape' };
		const get = async () => (await results(engine, 'get', reads))[0];

		const [created] = await results(engine, 'create', made);
		// The reply to a creation does not count documents.
		expect({ ...created, document_count: 0 }).toEqual(await get());
		const [same] = await results(engine, 'upsert', made);
		expect(same).toEqual({ ...(await get()), created: false, updated: false, changes: {} });
		const changed = { ...reads, updateFields: { match: 'round' } };
		const [updated] = await results(engine, 'update', changed);
		expect(updated).toEqual({
			...(await get()),
			updated: true,
			changes: { match: { from: '', to: 'round' } },
		});
		const [raw] = await results(engine, 'update', { ...changed, simple: false });
		expect(raw).toMatchObject({ owner: expect.any(Number), slug: 'shape', updated: false });
	});

	it('keeps the ID of an owner whom the token’s user may not see', async () => {
		const nobody = { username: 'nobody', password: 'nobodypass1', user_permissions: ['view_tag'] };
		await sandbox.api('POST', 'users/', nobody);
		const { token } = await sandbox.api<{ token: string }>('POST', 'token/', nobody);
		const { id } = await sandbox.api<{ id: number }>('POST', 'tags/', { name: 'Open' });
		const everybody = { view: { users: [], groups: [] }, change: { users: [], groups: [] } };
		const { results: users } = await sandbox.api<{
			results: Array<{ id: number; username: string }>;
		}>('GET', 'users/');
		const viewers = users.filter(({ username }) => username === 'nobody').map((user) => user.id);
		await sandbox.api('PATCH', `tags/${id}/`, {
			set_permissions: { ...everybody, view: { users: viewers, groups: [] } },
		});

		const [one] = await results(engineFor(sandbox, 'admin', { apiToken: token }), 'get', {
			resource: 'tag',
			tag: byName('Open'),
		});

		expect(one).toMatchObject({ name: 'Open', owner: expect.any(Number) });
	});
});

describe.each(profiles)('a token whose user may not see custom fields, on %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);

	it('gets documents and changes with the IDs of these fields', async () => {
		const permissions = ['view_document', 'change_document', 'view_uisettings'];
		const clerk = { username: 'temp', password: 'temppass1', user_permissions: permissions };
		const { id } = await sandbox.api<{ id: number }>('POST', 'users/', clerk);
		const { token } = await sandbox.api<{ token: string }>('POST', 'token/', clerk);
		await sandbox.api('PATCH', 'documents/2/', { owner: id });
		const theirs = engineFor(sandbox, 'admin', { apiToken: token });
		const { custom_fields: values } = await sandbox.api<{
			custom_fields: Array<{ field: number; value: unknown }>;
		}>('GET', 'documents/2/');

		const [one] = await results(theirs, 'get', { document: byId(2) });
		const [listed] = await results(theirs, 'getAll', { filters: { ids: '2' } });
		const [changed] = await results(theirs, 'update', {
			document: byId(2),
			updateFields: { removeCustomFields: [1] },
		});
		const [named] = await results(engine, 'get', { document: byId(2) });

		const shown = Object.fromEntries(values.map(({ field, value }) => [String(field), value]));
		expect(one?.custom_fields).toEqual(shown);
		expect(listed?.custom_fields).toEqual(shown);
		expect(changed).toMatchObject({
			updated: true,
			changes: { custom_fields: { 1: { to: null } } },
		});
		expect(Object.keys(named?.custom_fields as object)).not.toContain('3');
	});
});

describe('Simplify on nested tags', () => {
	it('names the path of a tag', async () => {
		const sandbox = await Sandbox.start('3.0.5');
		const engine = engineFor(sandbox);
		await results(engine, 'create', { resource: 'tag', name: 'Archive / Deep' });

		const [one] = await results(engine, 'get', { resource: 'tag', tag: byName('Deep') });
		await sandbox.close();

		expect(one).toMatchObject({ name: 'Deep', path: 'Archive / Deep' });
	});
});

describe('Simplify', () => {
	it('is no choice of an agent', () => {
		const switches = new PaperlessNgx().description.properties.filter(
			({ name }) => name === 'simple',
		);

		expect(switches).not.toEqual([]);
		for (const { displayOptions } of switches)
			expect(displayOptions?.hide).toEqual({ '@tool': [true] });
	});

	it('is offered wherever objects with many fields are read or written', () => {
		const withObjects = ['get', 'getAll', 'create', 'update', 'upsert', 'enable', 'disable'];
		const without = resources.flatMap(({ value: resource, operations }) =>
			operations
				.filter(({ value }) => withObjects.includes(value))
				.filter(({ parameters }) => !parameters.some(({ name }) => name === 'simple'))
				.map(({ value }) => `${resource}.${value}`),
		);

		// Documents have output modes of their own, and a workflow is read to be written again.
		expect(without.sort()).toEqual([
			'document.get',
			'document.getAll',
			'document.update',
			'document.upsert',
			'documentVersion.get',
			'documentVersion.getAll',
			'note.create',
			'note.getAll',
			'workflow.create',
			'workflow.disable',
			'workflow.enable',
			'workflow.get',
			'workflow.getAll',
			'workflow.update',
		]);
	});
});
