import { byId, byName, engineFor, results } from '../support/paperless.mts';
import { addMail } from '../support/mail.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

type User = { id: number; username: string };

const asked = { options: { includePermissions: true } };
const shared = {
	view: { users: ['reader', 'clerk'], groups: ['family'] },
	change: { users: ['clerk'], groups: [] },
};

describe.each(profiles)('owner and permissions on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	let ids: Record<string, number>;

	beforeAll(async () => {
		await addMail(sandbox);
		const { results: users } = await sandbox.api<{ results: User[] }>('GET', 'users/');
		ids = Object.fromEntries(users.map(({ id, username }) => [username, id]));
	});

	const share = async (path: string, more: object = {}) =>
		await sandbox.api('PATCH', path, {
			owner: ids.clerk,
			set_permissions: {
				view: { users: [ids.clerk, ids.reader], groups: [1] },
				change: { users: [ids.clerk], groups: [] },
			},
			...more,
		});

	it('of documents are read by name, one by one and in lists', async () => {
		await share('documents/2/');

		const [one] = await results(engine, 'get', { document: byId(2), ...asked });
		const [listed] = await results(engine, 'getAll', { ...asked, filters: { ids: '2' } });

		expect(one).toMatchObject({ owner: 'clerk', permissions: shared });
		expect(listed).toMatchObject({ owner: 'clerk', permissions: shared });
		expect(one).not.toHaveProperty('permissions_by_id');
	});

	it('of a document without an owner say so, and are left out unless asked for', async () => {
		await sandbox.api('PATCH', 'documents/3/', { owner: null });

		const [one] = await results(engine, 'get', { document: byId(3), ...asked });
		const [usual] = await results(engine, 'get', { document: byId(3) });

		expect(one).toMatchObject({ owner: null, permissions: { view: { users: [], groups: [] } } });
		expect(usual).not.toHaveProperty('owner');
		expect(usual).not.toHaveProperty('permissions');
	});

	it('are the IDs of the server in the outputs that show what it sends', async () => {
		await share('documents/2/');
		const selected = { output: 'selected', selectedFields: ['title'] };

		for (const output of [{ output: 'raw' }, selected]) {
			const [one] = await results(engine, 'get', { document: byId(2), ...output, ...asked });

			expect(one).toMatchObject({
				owner: ids.clerk,
				permissions: { change: { users: [ids.clerk] } },
			});
		}
	});

	it('are IDs where the user of the token may not see names, which is said', async () => {
		await share('documents/2/');

		const [one] = await results(engineFor(sandbox, 'clerk'), 'get', {
			document: byId(2),
			...asked,
		});

		expect(one).toMatchObject({
			owner: 'clerk',
			permissions: { view: { users: ['reader', 'clerk'], groups: [1] } },
			permissions_by_id: ['groups'],
		});
	});

	it.each([
		['correspondent', 'correspondents', 'City Library'],
		['documentType', 'document_types', 'Letter'],
		['mailAccount', 'mail_accounts', 'Office'],
		['mailRule', 'mail_rules', 'Invoices'],
		['storagePath', 'storage_paths', 'By year'],
		['tag', 'tags', 'invoice'],
	])('of a %s are read by name', async (resource, path, name) => {
		const { results: rows } = await sandbox.api<{ results: Array<{ id: number; name: string }> }>(
			'GET',
			`${path}/?page_size=100`,
		);
		const id = rows.find((row) => row.name === name)?.id ?? 0;
		const repeated = resource === 'mailRule' && profile === '2.15.3' ? { action: 1 } : {};
		await share(`${path}/${id}/`, repeated);

		const [one] = await results(engine, 'get', { resource, [resource]: byName(name), ...asked });
		const all = await results(engine, 'getAll', { resource, returnAll: true, ...asked });

		expect(one).toMatchObject({ owner: 'clerk', permissions: shared });
		expect(all.find((row) => row.id === id)).toMatchObject({
			owner: 'clerk',
			permissions: shared,
		});
		const [usual] = await results(engine, 'get', { resource, [resource]: byName(name) });
		expect(usual).not.toHaveProperty('permissions');
	});

	it('of a saved view are read by name', async () => {
		const view = {
			name: 'All',
			filter_rules: [],
			show_on_dashboard: false,
			show_in_sidebar: false,
		};
		await sandbox.api('POST', 'saved_views/', view);

		const parameters = { resource: 'savedView', ...asked };
		const [one] = await results(engine, 'get', { ...parameters, savedView: byName('All') });
		const [listed] = await results(engine, 'getAll', parameters);

		expect(one).toMatchObject({ owner: 'admin', permissions: { view: { users: [] } } });
		expect(listed).toMatchObject({ owner: 'admin' });
	});
});
