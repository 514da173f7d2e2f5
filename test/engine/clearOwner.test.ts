import { byName, refusal, results, textFile } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

type State = { owner: number | null; permissions: { view: { users: number[] } } };

const bulk = { resource: 'documentBulk', target: 'ids', documentIds: '2, 3' };

describe.each(profiles)('an owner is cleared on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	const state = async (id: unknown) =>
		await sandbox.api<State>('GET', `documents/${String(id)}/?full_perms=true`);

	it('of many documents, with their permissions', async () => {
		await results(engine, 'setPermissions', { ...bulk, permissions: { viewUsers: 'reader' } });

		const cleared = await results(engine, 'setPermissions', {
			...bulk,
			options: { clear: ['owner', 'permissions'] },
		});
		const again = await results(engine, 'setPermissions', {
			...bulk,
			options: { clear: ['owner', 'permissions'] },
		});

		expect(cleared).toMatchObject([
			{ id: 2, updated: true, changes: { owner: { from: 'admin', to: null } } },
			{ id: 3, updated: true },
		]);
		expect(again).toMatchObject([{ updated: false }, { updated: false }]);
		for (const id of [2, 3]) {
			expect(await state(id)).toMatchObject({ owner: null, permissions: { view: { users: [] } } });
		}
	});

	it('of many documents, but not where it is set as well', async () => {
		const { message } = await refusal(engine, 'setPermissions', {
			...bulk,
			options: { clear: ['owner'], owner: byName('clerk') },
		});

		expect(message).toBe('“Owner” is both set and cleared');
	});

	it('of an upload', async () => {
		const [uploaded] = await results(
			engine,
			'upload',
			{ additionalFields: { clear: ['owner'] } },
			{ items: [await textFile(engine, 'A letter for all')] },
		);

		expect((await state(uploaded?.id)).owner).toBeNull();
	});

	it('of an upload, but not where it is set as well', async () => {
		const { message } = await refusal(
			engine,
			'upload',
			{ additionalFields: { clear: ['owner'], owner: byName('clerk') } },
			{ items: [await textFile(engine, 'A letter for nobody')] },
		);

		expect(message).toBe('“Owner” is both set and cleared');
	});
});
