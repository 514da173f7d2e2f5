import { byId, byName, engineFor, refusal, results } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

const kinds = [
	{ resource: 'correspondent', path: 'correspondents', needs: {} },
	{ resource: 'documentType', path: 'document_types', needs: {} },
	{
		resource: 'storagePath',
		path: 'storage_paths',
		needs: { path: '{{ created_year }}/{{ title }}' },
	},
	{ resource: 'tag', path: 'tags', needs: {} },
];

describe.each(profiles)('objects that classify documents, on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => await sandbox.reset());

	describe.each(kinds)('$resource', ({ resource, path, needs }) => {
		it('is created, returned by name, changed and deleted', async () => {
			const [created] = await results(engine, 'create', {
				resource,
				...needs,
				name: ' Brand New ',
				additionalFields: { match: 'brand', matchingAlgorithm: 3 },
			});
			const [got] = await results(engine, 'get', { resource, [resource]: byName('Brand New') });
			const [updated] = await results(engine, 'update', {
				resource,
				[resource]: byId(created?.id),
				updateFields: { name: 'Renamed' },
			});
			const [deleted] = await results(engine, 'delete', {
				resource,
				[resource]: byName('Renamed'),
			});

			expect(created).toMatchObject({ name: 'Brand New', match: 'brand', matching_algorithm: 3 });
			expect(got?.id).toBe(created?.id);
			expect(updated).toMatchObject({ id: created?.id, name: 'Renamed', match: 'brand' });
			expect(deleted).toMatchObject({ deleted: true, id: created?.id });
			const left = await sandbox.api<{ count: number }>('GET', `${path}/?id__in=${created?.id}`);
			expect(left.count).toBe(0);
		});

		it('does not match documents unless it is given a match', async () => {
			const [plain] = await results(engine, 'create', { resource, ...needs, name: 'Plain' });

			expect(plain).toMatchObject({ matching_algorithm: 0 });
		});

		it('is created or updated by name with a search per name, however many items name it', async () => {
			await sandbox.forgetRequests();

			const written = await results(
				engine,
				'upsert',
				{ resource, ...needs, name: '={{ $json.name }}', additionalFields: { match: 'm' } },
				{ items: ['One', 'Two', 'One', 'Three', 'Two'].map((name) => ({ json: { name } })) },
			);
			const requests = await sandbox.requests();

			expect(written.map(({ created }) => created)).toEqual([true, true, false, true, false]);
			expect(written[2]?.id).toBe(written[0]?.id);
			expect(requests.filter(({ method }) => method === 'GET').length).toBeLessThanOrEqual(4);
		});

		it('is listed by part of the name, sorted, up to a limit', async () => {
			for (const name of ['zz b', 'zz a', 'zz c']) {
				await results(engine, 'create', { resource, ...needs, name });
			}

			const some = await results(engine, 'getAll', {
				resource,
				filters: { nameContains: 'ZZ' },
				limit: 2,
			});

			expect(some.map(({ name }) => name)).toEqual(['zz a', 'zz b']);
			const empty = await refusal(engine, 'getAll', { resource, filters: { nameContains: '' } });
			expect(empty.message).toContain('empty');
		});

		it('is deleted in bulk, and an unknown name is reported', async () => {
			const ids: unknown[] = [];
			for (const name of ['a1', 'a2', 'a3']) {
				const [created] = await results(engine, 'create', { resource, ...needs, name });
				ids.push(created?.id);
			}
			await sandbox.forgetRequests();

			const deleted = await results(
				engine,
				'delete',
				{ resource, [resource]: '={{ { mode: "id", value: $json.id } }}' },
				{ items: ids.map((id) => ({ json: { id: id as number } })) },
			);
			const unknown = await refusal(engine, 'delete', { resource, [resource]: byName('a1') });
			const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

			expect(deleted.map(({ id }) => id)).toEqual(ids);
			expect(unknown.message).toContain('“a1”');
			expect(writes).toHaveLength(1);
		});

		it('gets an owner and permissions by name, with one request for all items', async () => {
			const ids: unknown[] = [];
			for (const name of ['p1', 'p2']) {
				const [created] = await results(engine, 'create', { resource, ...needs, name });
				ids.push(created?.id);
			}

			await sandbox.forgetRequests();

			await results(
				engine,
				'setPermissions',
				{
					resource,
					[resource]: '={{ { mode: "id", value: $json.id } }}',
					permissions: { viewUsers: 'reader', changeGroups: ['family'] },
					options: { owner: byName('clerk') },
				},
				{ items: ids.map((id) => ({ json: { id: id as number } })) },
			);
			const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

			const after = await sandbox.api<{
				owner: number;
				permissions: { view: { users: number[] }; change: { groups: number[] } };
			}>('GET', `${path}/${String(ids[1])}/?full_perms=true`);
			expect(after.permissions.view.users).toHaveLength(1);
			expect(after.permissions.change.groups).toHaveLength(1);
			expect(after.owner).not.toBeNull();
			expect(writes).toHaveLength(1);
		});

		it('replaces permissions unless “Merge” is on', async () => {
			const [created] = await results(engine, 'create', { resource, ...needs, name: 'shared' });
			const viewers = async (viewUsers: string, options: object) => {
				await results(engine, 'setPermissions', {
					resource,
					[resource]: byId(created?.id),
					permissions: { viewUsers },
					options,
				});
				const { permissions } = await sandbox.api<{
					permissions: { view: { users: number[] } };
				}>('GET', `${path}/${String(created?.id)}/?full_perms=true`);
				return permissions.view.users.length;
			};

			expect(await viewers('reader', {})).toBe(1);
			expect(await viewers('clerk', { merge: true })).toBe(2);
			expect(await viewers('clerk', {})).toBe(1);
		});

		it('gets permissions by one request per group of equal items', async () => {
			const ids: unknown[] = [];
			for (const name of ['d1', 'd2', 'd3']) {
				const [created] = await results(engine, 'create', { resource, ...needs, name });
				ids.push(created?.id);
			}
			const users = ['reader', 'clerk', 'reader'];
			await sandbox.forgetRequests();

			const updated = await results(
				engine,
				'setPermissions',
				{
					resource,
					[resource]: '={{ { mode: "id", value: $json.id } }}',
					permissions: { viewUsers: '={{ $json.user }}' },
				},
				{ items: ids.map((id, at) => ({ json: { id: id as number, user: users[at] ?? '' } })) },
			);
			const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

			expect(updated.map(({ id }) => id)).toEqual(ids);
			expect(writes).toHaveLength(2);
		});
	});

	it('merges a tag into another before it deletes it', async () => {
		const before = await results(engine, 'getAll', {
			filters: { anyTags: ['invoice'] },
			returnAll: true,
		});
		const [target] = await results(engine, 'create', { resource: 'tag', name: 'Bill' });

		const [deleted] = await results(engine, 'delete', {
			resource: 'tag',
			tag: byName('invoice'),
			options: { moveDocumentsTo: byId(target?.id) },
		});
		const after = await results(engine, 'getAll', {
			filters: { anyTags: ['Bill'] },
			returnAll: true,
		});

		expect(before.length).toBeGreaterThan(0);
		expect(deleted).toMatchObject({ deleted: true, documents_moved: before.length });
		expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
	});
});

describe('nested tags', () => {
	it('are not deleted with their parent unless “Delete Children” is on', async () => {
		const sandbox = await Sandbox.start('3.0.5');
		const engine = engineFor(sandbox);
		const [parent] = await results(engine, 'create', { resource: 'tag', name: 'Year' });
		await results(engine, 'create', {
			resource: 'tag',
			name: 'Month',
			additionalFields: { parent: byName('Year') },
		});

		const refused = await refusal(engine, 'delete', { resource: 'tag', tag: byId(parent?.id) });
		const [deleted] = await results(engine, 'delete', {
			resource: 'tag',
			tag: byId(parent?.id),
			options: { deleteChildren: true },
		});
		await sandbox.close();

		expect(refused.description).toContain('Month');
		expect(deleted).toMatchObject({ deleted: true, children_deleted: ['Month'] });
	});

	it('are rejected with a clear message on servers without nested tags', async () => {
		const sandbox = await Sandbox.start('2.15.3');

		const { message } = await refusal(engineFor(sandbox), 'create', {
			resource: 'tag',
			name: 'Month',
			additionalFields: { parent: byName('invoice') },
		});
		await sandbox.close();

		expect(message).toBe('A parent tag needs Paperless-ngx 2.19 or later; this server is 2.15.3');
	});
});
