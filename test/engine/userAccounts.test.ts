import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results, run } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

type User = {
	id: number;
	username: string;
	is_active: boolean;
	groups: number[];
	user_permissions: string[];
};

describe.each(profiles)('user accounts on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;

	const user = async (operation: string, parameters: object, by = engine) =>
		await results(by, operation, { resource: 'user', ...parameters });
	const refused = async (operation: string, parameters: object, by = engine) =>
		await refusal(by, operation, { resource: 'user', ...parameters });
	const stored = async (name: string): Promise<User | undefined> => {
		const { results: all } = await sandbox.api<{ results: User[] }>('GET', 'users/?page_size=100');
		return all.find(({ username }) => username === name);
	};
	const writes = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').length;
	/** Whether the name and the password are good for a token. */
	const logsIn = async (username: string, password: string) =>
		await sandbox.api('POST', 'token/', { username, password }).then(
			() => true,
			() => false,
		);

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.behave();
		await sandbox.reset();
		await sandbox.forgetRequests();
	});

	const anna = {
		name: 'anna',
		additionalFields: {
			email: 'anna@example.com',
			firstName: 'Anna',
			lastName: 'A.',
			groups: ['family'],
			userPermissions: ['Document: View', 'view_tag', 'UI Settings: View'],
			password: 'a long secret 1',
		},
	};

	it('do not get a password of asterisks, which the server ignores', async () => {
		const additionalFields = { ...anna.additionalFields, password: '********' };
		const updateFields = { password: '********' };
		const told = [
			await refused('create', { ...anna, additionalFields }),
			await refused('update', { user: byName('reader'), updateFields }),
		];

		for (const { message } of told) expect(message).toContain('“Password” consists of asterisks');
		expect(await writes()).toBe(0);
	});

	it('are created with groups and permissions by name, and never show the password', async () => {
		const [made] = await user('create', anna);

		expect(made).toMatchObject({ name: 'anna', email: 'anna@example.com', is_active: true });
		expect(JSON.stringify(made)).not.toMatch(/secret|password|\*\*\*/);
		expect(await stored('anna')).toMatchObject({
			groups: [1],
			user_permissions: expect.arrayContaining(['view_document', 'view_tag', 'view_uisettings']),
		});
		expect(await logsIn('anna', 'a long secret 1')).toBe(true);
	});

	it('say by name what an update changed, and of a password only that it is new', async () => {
		await user('create', anna);

		const [changed] = await user('update', {
			user: byName('anna'),
			updateFields: {
				clear: ['groups', 'email'],
				name: 'anne',
				password: 'another secret 2',
				userPermissions: ['Tag: View', 'Tag: Add'],
			},
		});

		expect(changed).toMatchObject({
			updated: true,
			changes: {
				name: { from: 'anna', to: 'anne' },
				email: { from: 'anna@example.com', to: '' },
				groups: { added: [], removed: ['family'] },
				password: 'replaced',
				user_permissions: {
					added: ['add_tag'],
					removed: expect.arrayContaining(['view_document', 'view_uisettings']),
				},
			},
		});
		expect(JSON.stringify(changed)).not.toContain('secret');
		expect(await logsIn('anne', 'another secret 2')).toBe(true);
	});

	it('are not written where they are so already', async () => {
		const fields = { ...anna.additionalFields, password: '' };
		await user('create', anna);
		await sandbox.forgetRequests();

		const [same] = await user('update', {
			user: byName('anna'),
			updateFields: { ...fields, name: 'anna', isActive: true, isSuperuser: false },
		});

		expect(same).toMatchObject({ updated: false, changes: {} });
		expect(await writes()).toBe(0);
	});

	it('are deactivated and activated again', async () => {
		const [off] = await user('update', {
			user: byName('clerk'),
			updateFields: { isActive: false },
		});
		const [on] = await user('update', { user: byName('clerk'), updateFields: { isActive: true } });

		expect(off).toMatchObject({ is_active: false, changes: { is_active: { to: false } } });
		expect(on).toMatchObject({ is_active: true });
	});

	it('are refused in the words of the server', async () => {
		const taken = await refused('create', { name: 'clerk' });
		const odd = await refused('create', { name: 'a b' });
		const wrongMail = await refused('create', {
			name: 'bert',
			additionalFields: { email: 'nowhere' },
		});

		expect(taken.message).toBe('A user with that username already exists.');
		expect(odd.message).toContain('Enter a valid username.');
		expect(wrongMail.message).toBe('“Email”: Enter a valid email address.');
		expect(await stored('bert')).toBeUndefined();
	});

	it('are not written where a group is unknown', async () => {
		const told = await refused('create', { name: 'bert', additionalFields: { groups: ['famly'] } });

		expect(told.message).toContain('There is no group “famly”');
		expect(told.description).toContain('family');
		expect(await writes()).toBe(0);
	});

	it('are not written where a permission is unknown', async () => {
		const told = await refused('create', {
			name: 'bert',
			additionalFields: { userPermissions: '={{ ["fly"] }}' },
		});

		expect(told.message).toContain('“Permissions” must be one of');
		expect(await writes()).toBe(0);
	});

	it('do not show a password that is no text', async () => {
		const told = await refused('update', {
			user: byName('clerk'),
			updateFields: { password: '={{ ({ word: "hunter22" }) }}' },
		});

		expect(told.message).toContain('“Password” must be text');
		expect(JSON.stringify(told)).not.toContain('hunter22');
	});

	describe('that are deleted', () => {
		const own = async (name: string, paths: string[]) => {
			const { id } = (await stored(name)) ?? { id: 0 };
			for (const path of paths) await sandbox.api('PATCH', path, { owner: id });
		};
		const ownerOf = async (path: string) =>
			(await sandbox.api<{ owner: number | null }>('GET', path)).owner;

		it('are gone afterwards', async () => {
			await user('create', { name: 'anna' });

			const [gone] = await user('delete', { user: byName('anna') });

			expect(gone).toMatchObject({ deleted: true });
			expect(await stored('anna')).toBeUndefined();
		});

		it('are kept where documents belong to them, with what and how to go on', async () => {
			await own('reader', ['documents/2/', 'documents/5/', 'documents/6/', 'tags/1/']);
			await sandbox.api('DELETE', 'documents/6/');
			await sandbox.forgetRequests();

			const told = await refused('delete', { user: byName('reader') });

			expect(told.message).toContain('belong to the user “reader”');
			expect(told.description).toContain('2 documents, 1 document in the trash, 1 tag.');
			expect(told.description).toContain('“Active” switched off');
			expect(await stored('reader')).toBeDefined();
			expect(await writes()).toBe(0);
		});

		it('leave things without an owner where that was asked for', async () => {
			await own('reader', ['documents/2/', 'tags/1/']);

			const [gone] = await user('delete', {
				user: byName('reader'),
				options: { deleteOwner: true },
			});

			expect(gone).toMatchObject({ deleted: true });
			expect([await ownerOf('documents/2/'), await ownerOf('tags/1/')]).toEqual([null, null]);
		});

		it('are never the token’s own', async () => {
			const told = await refused('delete', {
				user: byName('admin'),
				options: { deleteOwner: true },
			});

			expect(told.message).toBe('The token belongs to the user “admin”');
			expect(await writes()).toBe(0);
		});

		it('are kept by a token that cannot see what belongs to them', async () => {
			await user('update', {
				user: byName('clerk'),
				updateFields: {
					userPermissions: ['User: View', 'User: Delete', 'UI Settings: View'],
				},
			});
			await sandbox.forgetRequests();
			const clerk = engineFor(sandbox, 'clerk');

			const told = await refused('delete', { user: byName('reader') }, clerk);
			expect(told.message).toContain('cannot see whether documents belong to the user “reader”');
			expect(await writes()).toBe(0);

			const asked = { user: byName('reader'), options: { deleteOwner: true } };
			expect(await user('delete', asked, clerk)).toMatchObject([{ deleted: true }]);
		});

		it('are each their own item', async () => {
			await own('reader', ['documents/2/']);
			await user('create', { name: 'anna' });

			const { json, refused: kept } = await run(
				engine,
				'delete',
				{ resource: 'user', user: byName('={{ $json.name }}') },
				{ items: ['anna', 'reader'].map((name) => ({ json: { name } })), errorOutput: true },
			);

			expect(json).toMatchObject([{ deleted: true }]);
			expect(kept).toHaveLength(1);
			expect([await stored('anna'), await stored('reader')]).toEqual([
				undefined,
				expect.objectContaining({ username: 'reader' }),
			]);
		});
	});

	it('keep superusers from others, in the words of the server', async () => {
		const rights = ['User: View', 'User: Change', 'UI Settings: View'];
		const clerkRights = { user: byName('clerk'), updateFields: { userPermissions: rights } };
		await user('update', clerkRights);
		const clerk = engineFor(sandbox, 'clerk');

		const raised = await refused(
			'update',
			{ user: byName('reader'), updateFields: { isSuperuser: true } },
			clerk,
		);

		expect(raised.message).toContain('The token’s user may not do this');
		expect(raised.description).toContain('Superuser status can only be changed by a superuser');
		expect(await stored('reader')).toMatchObject({ is_superuser: false });
	});

	it('are never written with a credential that is Read Only', async () => {
		const reading = engineFor(sandbox, 'admin', { readOnly: true });

		const told = await refused('create', { name: 'anna' }, reading);

		expect(told.message).toBe('The credential is set to Read Only');
		expect(await writes()).toBe(0);
	});

	it('are not found by an unknown ID', async () => {
		const told = await refused('update', {
			user: byId(4711),
			updateFields: { firstName: 'x' },
		});

		expect(told.message).toContain('There is no user with the ID 4711');
	});
});
