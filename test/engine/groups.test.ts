import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('groups on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;

	const group = async (operation: string, parameters: object) =>
		await results(engine, operation, { resource: 'group', ...parameters });
	const refused = async (operation: string, parameters: object) =>
		await refusal(engine, operation, { resource: 'group', ...parameters });
	const writes = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').length;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.forgetRequests();
	});

	it('are created with permissions by name, or without any', async () => {
		const permissions = ['Tag: View', 'change_document'];

		const [made] = await group('create', { name: 'office', additionalFields: { permissions } });
		const [bare] = await group('create', { name: 'guests' });

		expect(made?.permissions).toEqual(expect.arrayContaining(['view_tag', 'change_document']));
		expect(bare).toMatchObject({ name: 'guests', permissions: [] });
	});

	it('say what an update changed, and are not written where nothing does', async () => {
		const updateFields = { name: 'household', permissions: ['Tag: View', 'Tag: Add'] };

		const [changed] = await group('update', { group: byName('family'), updateFields });
		await sandbox.forgetRequests();
		const [same] = await group('update', { group: byName('household'), updateFields });

		expect(changed).toMatchObject({
			updated: true,
			changes: {
				name: { from: 'family', to: 'household' },
				permissions: { added: ['add_tag'], removed: ['view_document'] },
			},
		});
		expect(same).toMatchObject({ updated: false, changes: {} });
		expect(await writes()).toBe(0);
	});

	it('lose all permissions by Clear', async () => {
		const updateFields = { clear: ['permissions'] };

		const [changed] = await group('update', { group: byName('family'), updateFields });

		expect(changed).toMatchObject({ updated: true, permissions: [] });
	});

	it('are deleted, and their members are not', async () => {
		const [gone] = await group('delete', { group: byName('family') });
		const left = await results(engine, 'getAll', { resource: 'group', returnAll: true });
		const users = await results(engine, 'getAll', { resource: 'user', returnAll: true });

		expect(gone).toMatchObject({ deleted: true });
		expect(left).toEqual([]);
		expect(users.map(({ name }) => name)).toContain('reader');
		expect(users.flatMap(({ groups }) => groups)).toEqual([]);
	});

	it('are refused in the words of the server', async () => {
		const taken = await refused('create', { name: 'family' });
		const unknown = await refused('update', {
			group: byId(4711),
			updateFields: { name: 'x' },
		});

		expect(taken.message).toBe('“Name”: group with this name already exists.');
		expect(unknown.message).toContain('There is no group with the ID 4711');
	});
});
