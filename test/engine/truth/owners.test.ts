import { engineFor, run } from '../../support/paperless.mts';
import { profiles, Sandbox } from '../../support/sandbox.mts';

type User = { id: number; username: string; user_permissions: string[] };

describe.each(profiles)(
	'a user who may change a document of another, on Paperless-ngx %s',
	(profile) => {
		let sandbox: Sandbox;

		beforeAll(async () => {
			sandbox = await Sandbox.start(profile);
			const { results: users } = await sandbox.api<{ results: User[] }>('GET', 'users/');
			const clerk = users.find(({ username }) => username === 'clerk');
			const grant = { users: [clerk?.id], groups: [] };
			await sandbox.api('PATCH', 'documents/1/', {
				set_permissions: { view: grant, change: grant },
			});
		});
		afterAll(async () => await sandbox.close());

		const attempt = async (operation: string, parameters: object) => {
			const { json, error } = await run(engineFor(sandbox, 'clerk'), operation, parameters);
			return JSON.stringify([json, error?.message, error?.description]);
		};
		const bulk = { resource: 'documentBulk', target: 'ids', documentIds: '1' };

		const outcome =
			profile === '2.15.3'
				? 'may set its owner, which the PATCH of 2.15 allows'
				: 'is told that only its owner may set its permissions';
		it(outcome, async () => {
			const owner = { __rl: true, mode: 'name', value: 'clerk' };

			const said = await attempt('setPermissions', { ...bulk, options: { owner, merge: true } });

			if (profile === '2.15.3') expect(said).toContain('"to":"clerk"');
			else {
				expect(said).toContain(
					'Only its owner may change the owner and the permissions of a document.',
				);
			}
			expect(said).not.toContain('requires the permission');
		});

		it('is told which permission is missing where one is', async () => {
			const said = await attempt('create', { resource: 'savedView', name: 'Mine' });

			expect(said).toContain('The user lacks “add_savedview”');
		});
	},
);
