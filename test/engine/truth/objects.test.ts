import type { Engine } from '../../support/engine.mts';
import { byId, byName, engineFor, refusal, results, run } from '../../support/paperless.mts';
import { profiles, Sandbox } from '../../support/sandbox.mts';

const kinds = [
	{ resource: 'correspondent', path: 'correspondents', needs: {} },
	{ resource: 'documentType', path: 'document_types', needs: {} },
	{ resource: 'storagePath', path: 'storage_paths', needs: { path: '{title}' } },
	{ resource: 'tag', path: 'tags', needs: {} },
];

type State = {
	id: number;
	owner: number | null;
	match: string;
	permissions: Record<'view' | 'change', { users: number[]; groups: number[] }>;
};

describe.each(profiles)('objects on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	let users: Record<string, number>;

	const writes = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').length;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
		const { results: all } = await sandbox.api<{ results: { id: number; username: string }[] }>(
			'GET',
			'users/',
		);
		users = Object.fromEntries(all.map(({ id, username }) => [username, id]));
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.behave();
		await sandbox.reset();
	});

	describe.each(kinds)('$resource', ({ resource, path, needs }) => {
		const make = async (more: object = {}) =>
			await sandbox.api<State>('POST', `${path}/`, {
				name: 'Thing',
				match: 'water',
				...needs,
				...more,
			});
		const read = async (id: number) =>
			await sandbox.api<State>('GET', `${path}/${id}/?full_perms=true`);
		const change = async (operation: string, parameters: object, more: object = {}) =>
			await results(engine, operation, { resource, ...parameters }, more);

		it.each([['={{ null }}'], ['={{ undefined }}'], [''], ['  ']])(
			'keeps its match and owner where the fields are empty: %j',
			async (empty) => {
				const { id } = await make();
				const fields = { isInsensitive: false, match: empty, owner: byName(empty) };

				await change('update', { [resource]: byId(id), updateFields: fields });
				await change('upsert', { name: 'Thing', ...needs, additionalFields: fields });

				expect(await read(id)).toMatchObject({ match: 'water', owner: users.admin });
			},
		);

		it('is not written where it is so already, and says so', async () => {
			const { id } = await make();
			await sandbox.forgetRequests();
			const fields = { match: ' water ', owner: byName('admin') };

			const [updated] = await change('update', {
				[resource]: byId(id),
				updateFields: { ...fields, name: 'Thing', ...needs },
			});
			const [upserted] = await change('upsert', {
				name: 'Thing',
				...needs,
				additionalFields: fields,
			});

			expect(updated).toMatchObject({ id, updated: false, changes: {} });
			expect(upserted).toMatchObject({ id, created: false, updated: false, changes: {} });
			expect(await writes()).toBe(0);
		});

		it('reports by name what changed', async () => {
			const { id } = await make();

			const [updated] = await change('update', {
				[resource]: byId(id),
				updateFields: { name: ' Renamed ', match: 'gas', owner: byName('clerk') },
			});
			const [cleared] = await change('update', {
				[resource]: byId(id),
				updateFields: { clear: ['match', 'owner'] },
			});

			expect(updated).toMatchObject({
				updated: true,
				changes: {
					name: { from: 'Thing', to: 'Renamed' },
					match: { from: 'water', to: 'gas' },
					owner: { from: 'admin', to: 'clerk' },
				},
			});
			expect(cleared).toMatchObject({
				changes: { match: { from: 'gas', to: '' }, owner: { from: 'clerk', to: null } },
			});
			expect(await read(id)).toMatchObject({ match: '', owner: null });
		});

		it.each(['={{ null }}', '={{ undefined }}', '={{ $json.missing }}', '={{ "" }}', '   '])(
			'keeps its match where an expression yields nothing (%j)',
			async (match) => {
				const { id } = await make();

				await change('update', {
					[resource]: byId(id),
					updateFields: { isInsensitive: false, match },
				});
				await change('upsert', {
					name: 'Thing',
					...needs,
					additionalFields: { isInsensitive: true, match },
				});

				expect(await read(id)).toMatchObject({ match: 'water' });
			},
		);

		it('is not changed where a field is both set and cleared', async () => {
			const { id } = await make();

			const refused = await refusal(engine, 'update', {
				resource,
				[resource]: byId(id),
				updateFields: { match: 'x', clear: ['match'] },
			});

			expect(refused.message).toContain('“Match” is both set and cleared');
		});

		it('is changed by several items in their order, each with its own result', async () => {
			const { id } = await make();

			const all = await change(
				'update',
				{ [resource]: byName('={{ $json.from }}'), updateFields: { name: '={{ $json.to }}' } },
				{
					items: [
						{ json: { from: 'Thing', to: 'Two' } },
						{ json: { from: 'Two', to: 'Three' } },
						{ json: { from: 'Three', to: 'Thing' } },
					],
				},
			);

			expect(all.map(({ changes }) => changes)).toEqual([
				{ name: { from: 'Thing', to: 'Two' } },
				{ name: { from: 'Two', to: 'Three' } },
				{ name: { from: 'Three', to: 'Thing' } },
			]);
			expect(await read(id)).toMatchObject({ name: 'Thing' });
		});

		it('belongs to nobody, with permissions, where it is created so', async () => {
			const [created] = await change('create', {
				name: 'Free',
				...needs,
				additionalFields: { clear: ['owner'] },
				permissions: { changeUsers: 'reader' },
			});
			const [upserted] = await change('upsert', {
				name: 'Shared',
				...needs,
				permissions: { viewGroups: ['family'] },
			});
			const [again] = await change('upsert', {
				name: 'Shared',
				...needs,
				permissions: { viewGroups: ['family'], viewUsers: ['clerk'] },
			});

			const free = await read(Number(created?.id));
			expect(free.owner).toBeNull();
			expect(free.permissions.view.users).toEqual([users.reader]);
			expect(upserted).toMatchObject({ created: true });
			expect(again).toMatchObject({
				created: false,
				updated: true,
				changes: { view: { users: { added: ['clerk'], removed: [] } } },
			});
		});

		it('gets another owner together with “Merge”, and reports what is there afterwards', async () => {
			const { id } = await make({ owner: users.reader });

			const [first] = await change('setPermissions', {
				[resource]: byId(id),
				permissions: { viewUsers: 'admin' },
				options: { merge: true, owner: byName('clerk') },
			});
			await sandbox.forgetRequests();
			const [second] = await change('setPermissions', {
				[resource]: byId(id),
				permissions: { viewUsers: 'admin' },
				options: { merge: true, owner: byName('clerk') },
			});

			expect(first).toEqual({
				id,
				updated: true,
				changes: {
					owner: { from: 'reader', to: 'clerk' },
					view: { users: { added: ['admin'], removed: [] } },
				},
			});
			expect(second).toEqual({ id, updated: false, changes: {} });
			expect(await writes()).toBe(0);
			expect((await read(id)).owner).toBe(users.clerk);
		});

		it('stays visible to those who may change it', async () => {
			const { id } = await make({
				set_permissions: { change: { users: [users.clerk], groups: [] } },
			});

			await change('setPermissions', {
				[resource]: byId(id),
				permissions: { viewUsers: 'reader' },
			});

			const { permissions } = await read(id);
			expect(permissions.view.users.toSorted()).toEqual([users.clerk, users.reader].toSorted());
		});

		it('loses its owner and all grants by “Clear”, and keeps both where it is contradicted', async () => {
			const { id } = await make({
				set_permissions: { view: { users: [users.clerk], groups: [] } },
			});
			const contradicted = await refusal(engine, 'setPermissions', {
				resource,
				[resource]: byId(id),
				options: { owner: byName('clerk'), clear: ['owner'] },
			});
			const [cleared] = await change('setPermissions', {
				[resource]: byId(id),
				options: { clear: ['owner', 'permissions'] },
			});

			expect(contradicted.message).toContain('“Owner” is both set and cleared');
			expect(cleared?.changes).toEqual({
				owner: { from: 'admin', to: null },
				view: { users: { added: [], removed: ['clerk'] } },
			});
		});

		it('gets permissions from several items in their order', async () => {
			const { id } = await make();

			const all = await change(
				'setPermissions',
				{ [resource]: byId(id), permissions: { viewUsers: '={{ $json.user }}' } },
				{ items: ['reader', 'clerk'].map((user) => ({ json: { user } })) },
			);

			expect(all.map(({ changes }) => changes)).toEqual([
				{ view: { users: { added: ['reader'], removed: [] } } },
				{ view: { users: { added: ['clerk'], removed: ['reader'] } } },
			]);
		});

		it('is deleted once where several items delete it', async () => {
			const { id } = await make();

			const all = await change(
				'delete',
				{ [resource]: byId(id) },
				{ items: [{ json: {} }, { json: {} }] },
			);

			expect(all.map(({ deleted }) => deleted)).toEqual([true, true]);
		});

		it('is never reported as done where the server reports success and does nothing', async () => {
			const one = await make();
			const other = await make({ name: 'Other' });
			const idle = (method: string, status: number, body: unknown) =>
				sandbox.misbehave({ kind: 'status', method, status, body, path: '/api/', times: 9 });
			const item = { resource, [resource]: byId(one.id) };
			const target = { [resource]: byId('={{ $json.id }}') };
			const items = [{ json: { id: one.id } }, { json: { id: other.id } }];

			await idle('PATCH', 200, await read(one.id));
			const updated = await refusal(engine, 'update', { ...item, updateFields: { match: 'gas' } });
			const upserted = await refusal(engine, 'upsert', {
				resource,
				name: 'Thing',
				...needs,
				additionalFields: { match: 'gas' },
			});
			await sandbox.behave();
			await idle('POST', 200, { result: 'OK' });
			const granted = await refusal(engine, 'setPermissions', {
				...item,
				permissions: { viewUsers: 'reader' },
			});
			const owned = await refusal(engine, 'setPermissions', {
				...item,
				options: { owner: byName('clerk') },
			});
			const deleted = await run(engine, 'delete', { resource, ...target }, { items });
			await sandbox.behave();
			await idle('DELETE', 204, undefined);
			const single = await refusal(engine, 'delete', item);
			await sandbox.behave();
			await idle('POST', 201, await read(other.id));
			const created = await refusal(engine, 'create', { resource, name: 'Third', ...needs });

			expect(updated.message).toBe('“Match”: Paperless-ngx stored “water” instead of “gas”');
			expect(upserted.message).toContain('instead of “gas”');
			expect(granted.message).toContain('Paperless-ngx stored');
			expect(owned.message).toContain('“Owner”: Paperless-ngx stored');
			expect(deleted.error?.message).toContain('was not deleted');
			expect(single.message).toContain('was not deleted');
			expect(created.message).toContain('“Name”: Paperless-ngx stored');
		});
	});
});
