import type { Engine } from '../support/engine.mts';
import { byName, engineFor, refusal, results } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('saved views on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	const resource = 'savedView';
	const savedView = byName('Invoices');

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		await results(engine, 'create', {
			resource,
			name: 'Invoices',
			filters: {
				allTags: 'invoice',
				hasCustomFields: false,
				dates: { rows: [{ field: 'created', condition: 'gte', date: '2020-01-01' }] },
			},
			options: { sortField: 'title', sortDescending: false },
		});
	});

	it('are created from filters, and return them', async () => {
		const [got] = await results(engine, 'get', { resource, savedView });

		expect(got).toMatchObject({
			name: 'Invoices',
			sort_field: 'title',
			filters: { has_custom_fields: 'false', created__date__gte: '2020-01-01' },
		});
	});

	it('return their documents in their order', async () => {
		const expected = await results(engine, 'getAll', {
			filters: { allTags: 'invoice', hasCustomFields: false },
			sort: { rows: [{ field: 'title', direction: 'ascending' }] },
			returnAll: true,
		});

		const documents = await results(engine, 'getDocuments', {
			resource,
			savedView,
			returnAll: true,
		});

		expect(documents.length).toBeGreaterThan(0);
		expect(documents.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
	});

	it('are changed, listed and deleted', async () => {
		await results(engine, 'update', { resource, savedView, newName: 'All invoices' });
		const listed = await results(engine, 'getAll', { resource, returnAll: true });
		const [deleted] = await results(engine, 'delete', {
			resource,
			savedView: byName('All invoices'),
		});

		expect(listed.map(({ name }) => name)).toEqual(['All invoices']);
		expect(deleted).toMatchObject({ deleted: true });
	});

	it('reject a filter for which the server has no rule', async () => {
		const { message } = await refusal(engine, 'create', {
			resource,
			name: 'Impossible',
			filters: { ids: '1,2' },
		});

		expect(message).toBe('A saved view cannot hold the filter “id__in”');
	});

	it('have columns, also of custom fields, by name and in their order', async () => {
		const columns = ['Title', 'Reference', 'asn'];
		const made = { resource, name: 'Columns', options: { columns } };

		const [created] = await results(engine, 'create', made);
		const stored = async () =>
			await sandbox.api<{ display_fields: unknown }>('GET', `saved_views/${String(created?.id)}/`);
		const update = async (options: object) =>
			(await results(engine, 'update', { resource, savedView: byName('Columns'), options }))[0];

		expect(created?.columns).toEqual(['Title', 'Reference', 'Archive Serial Number']);
		const { display_fields: fields } = await stored();
		expect(fields).toEqual(['title', expect.stringMatching(/^custom_field_\d+$/), 'asn']);
		expect(await update({ columns: 'Reference, title' })).toMatchObject({
			columns: ['Reference', 'Title'],
			updated: true,
			changes: { columns: { added: [], removed: ['Archive Serial Number'] } },
		});
		expect((await update({ columns: 'title, Reference' }))?.changes).toEqual({
			columns: { from: ['Reference', 'Title'], to: ['Title', 'Reference'] },
		});
		expect(await update({ columns: 'title, Reference' })).toMatchObject({ updated: false });
		expect(await update({ clear: ['columns'] })).toMatchObject({ columns: null, updated: true });
		const unknown = { resource, name: 'Wrong', options: { columns: ['Refference'] } };
		expect((await refusal(engine, 'create', unknown)).message).toContain('“Refference”');
	});

	const permissionsOf = async () => {
		const options = { includePermissions: true };
		const [view] = await results(engine, 'get', { resource, savedView, options });
		return view;
	};

	if (profile === '3.0.5') {
		it('are created for others, and taken from them again', async () => {
			const permissions = { viewUsers: 'reader', changeGroups: 'family' };
			const owner = byName('clerk');
			await results(engine, 'create', {
				resource,
				name: 'Shared',
				options: { owner },
				permissions,
			});
			const shared = byName('Shared');
			const reader = engineFor(sandbox, 'reader');
			const [seen] = await results(reader, 'get', { resource, savedView: shared });
			const options = { clear: ['owner', 'permissions'] };
			const [changed] = await results(engine, 'update', { resource, savedView: shared, options });

			expect(seen).toMatchObject({ name: 'Shared' });
			expect(changed).toMatchObject({
				updated: true,
				changes: {
					owner: { from: 'clerk', to: null },
					view: { users: { removed: ['reader'] } },
					change: { groups: { removed: ['family'] } },
				},
			});
		});

		it('are shared later, and nothing else changes', async () => {
			const [shared] = await results(engine, 'update', {
				resource,
				savedView,
				permissions: { viewUsers: 'reader' },
			});

			expect(shared?.changes).toEqual({ view: { users: { added: ['reader'], removed: [] } } });
			expect(await permissionsOf()).toMatchObject({
				permissions: { view: { users: ['reader'] } },
			});
		});

		it('are not shared and taken from others at once', async () => {
			const { message } = await refusal(engine, 'update', {
				resource,
				savedView,
				options: { clear: ['permissions'] },
				permissions: { viewUsers: 'reader' },
			});

			expect(message).toContain('“Permissions” is both set and cleared');
		});
	} else {
		it.each([
			{ options: { owner: byName('clerk') } },
			{ permissions: { viewUsers: 'reader' } },
			{ options: { clear: ['owner'] } },
		])('are their owner’s alone: %j', async (asked) => {
			const created = await refusal(engine, 'create', { resource, name: 'Other', ...asked });
			const updated = await refusal(engine, 'update', { resource, savedView, ...asked });

			for (const { message } of [created, updated])
				expect(message).toContain('A saved view with permissions needs Paperless-ngx 3.0');
			const listed = await results(engine, 'getAll', { resource, returnAll: true });
			expect(listed.map(({ name }) => name)).toEqual(['Invoices']);
		});
	}

	it.each([
		{ createdIn: 'previousMonth' },
		{ dates: { rows: [{ field: 'added', condition: 'lastDays', number: 7 }] } },
	])('reject a date that follows today, which a view would keep: %j', async (filters) => {
		const { message } = await refusal(engine, 'create', { resource, name: 'Impossible', filters });

		expect(message).toContain('A saved view cannot hold a date that follows today');
	});
});
