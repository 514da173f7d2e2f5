import { byId, byName, refusal, results } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

type Members = { users: number[]; groups: number[] };
type Row = { id: number; owner: number | null; permissions: { view: Members; change: Members } };

const clearedAndMerged = {
	message: '“Merge” keeps the permissions that “Clear” removes',
	description: 'Switch off “Merge”, or remove “Permissions” under “Clear”.',
};

describe.each(profiles)('permissions that are shared on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => await sandbox.reset());

	const userNamed = async (name: string): Promise<number> => {
		const { results: users } = await sandbox.api<{
			results: Array<{ id: number; username: string }>;
		}>('GET', 'users/');
		return users.find(({ username }) => username === name)?.id ?? 0;
	};

	describe.each([
		['documents', { resource: 'documentBulk', target: 'ids', documentIds: '2' }, 2],
		['tags', { resource: 'tag', tag: byId(1) }, 1],
		['correspondents', { resource: 'correspondent', correspondent: byId(1) }, 1],
	] as const)('of %s', (path, object, id) => {
		const state = async () => await sandbox.api<Row>('GET', `${path}/${id}/?full_perms=true`);
		const grant = async (set_permissions: object) =>
			await sandbox.api('PATCH', `${path}/${id}/`, { set_permissions });
		/** Somebody else acts after the operation has read and before the server takes its write. */
		const interrupted = async (
			write: { method: string; path: string },
			parameters: object,
			act: () => Promise<unknown>,
		) => {
			await sandbox.misbehave({ kind: 'hold', times: 1, ...write });
			let isOver = false;
			const running = results(engine, 'setPermissions', { ...object, ...parameters }).finally(
				() => (isOver = true),
			);
			while (!isOver && (await sandbox.heldRequests()) === 0);
			await act();
			await sandbox.release();
			return await running;
		};
		const inBulk = { method: 'POST', path: 'bulk_edit' };

		it.each([
			['nothing', {}],
			['empty lists', { viewUsers: '={{ [] }}', changeGroups: '' }],
		])('stay as they are when %s should be merged', async (_, permissions) => {
			await grant({ view: { users: [await userNamed('reader')] } });
			const before = await state();

			const refused = await refusal(engine, 'setPermissions', {
				...object,
				permissions,
				options: { merge: true },
			});

			expect(refused.message).toBe('No permission is set');
			expect(await state()).toMatchObject({ owner: before.owner, permissions: before.permissions });
		});

		it('are not both merged and cleared', async () => {
			await grant({ view: { users: [await userNamed('reader')] } });
			const { permissions } = await state();

			const refused = await refusal(engine, 'setPermissions', {
				...object,
				options: { merge: true, clear: ['permissions'] },
			});

			expect(refused).toMatchObject(clearedAndMerged);
			expect(await state()).toMatchObject({ permissions });
		});

		it('stay as they are when only an owner is set beside “Merge”', async () => {
			await grant({ view: { users: [await userNamed('reader')] } });
			const { permissions } = await state();

			await results(engine, 'setPermissions', {
				...object,
				options: { merge: true, owner: byName('clerk') },
			});

			expect(await state()).toMatchObject({ owner: await userNamed('clerk'), permissions });
		});

		it.each([
			['beside the owner that stays', {}],
			['beside a new owner', { owner: byName('clerk') }],
		])('are merged with what somebody else grants meanwhile, %s', async (_, owner) => {
			const [reader, clerk] = [await userNamed('reader'), await userNamed('clerk')];

			const outputs = await interrupted(
				inBulk,
				{ permissions: { viewUsers: 'reader' }, options: { merge: true, ...owner } },
				async () => await grant({ change: { users: [clerk] } }),
			);

			const { permissions } = await state();
			expect(outputs).toMatchObject([{ id, updated: true }]);
			expect(permissions.view.users.sort()).toEqual([reader, clerk].sort());
			expect(permissions.change.users).toEqual([clerk]);
		});

		it('keep a list that is not replaced as somebody else changes it meanwhile', async () => {
			const [reader, clerk] = [await userNamed('reader'), await userNamed('clerk')];

			const outputs = await interrupted(
				path === 'documents' ? { method: 'PATCH', path: 'documents' } : inBulk,
				{ permissions: { changeUsers: 'clerk' } },
				async () => await grant({ view: { users: [reader] } }),
			);

			const { permissions } = await state();
			expect(outputs).toMatchObject([{ id, updated: true }]);
			expect(permissions.view.users.sort()).toEqual([reader, clerk].sort());
			expect(permissions.change.users).toEqual([clerk]);
		});
	});

	it('of documents with different permissions are merged by one request', async () => {
		const clerk = await userNamed('clerk');
		await sandbox.api('PATCH', 'documents/2/', { set_permissions: { view: { users: [clerk] } } });
		await sandbox.forgetRequests();

		await results(engine, 'setPermissions', {
			resource: 'documentBulk',
			target: 'ids',
			documentIds: '2, 3',
			permissions: { viewUsers: 'reader' },
			options: { merge: true },
		});

		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');
		expect(writes).toHaveLength(1);
	});
});
