import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('users and groups on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	const namesOf = (rows: ReadonlyArray<{ name?: unknown }>) => rows.map(({ name }) => name);

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
		await sandbox.api('POST', 'groups/', { name: 'office', permissions: ['view_tag'] });
	});
	afterAll(async () => await sandbox.close());

	describe.each([
		{ resource: 'user', known: 'clerk' },
		{ resource: 'group', known: 'family' },
	])('$resource', ({ resource, known }) => {
		it('is returned by name and by ID', async () => {
			const [named] = await results(engine, 'get', { resource, [resource]: byName(known) });
			const [numbered] = await results(engine, 'get', { resource, [resource]: byId(named?.id) });

			expect(named).toMatchObject({ id: expect.any(Number), name: known });
			expect(numbered).toEqual(named);
		});

		it('is not found by an unknown name, and similar names are suggested', async () => {
			const unknown = byName(`${known}s`);

			const { message, description } = await refusal(engine, 'get', {
				resource,
				[resource]: unknown,
			});

			expect(message).toContain(`There is no ${resource} “${known}s”`);
			expect(description).toContain(`Did you mean “${known}”?`);
		});

		it('is listed by a part of the name', async () => {
			const found = await results(engine, 'getAll', {
				resource,
				filters: { nameStartsWith: known.slice(0, 3).toUpperCase() },
			});
			const others = await results(engine, 'getAll', {
				resource,
				filters: { nameIs: 'nobody at all' },
			});

			expect(namesOf(found)).toEqual([known]);
			expect(others).toEqual([]);
		});

		it('is never listed without a filter that is set but empty', async () => {
			const { message } = await refusal(engine, 'getAll', {
				resource,
				filters: { nameContains: '={{ $json.missing }}' },
			});

			expect(message).toContain('“Name Contains” is empty');
		});
	});

	it('are listed by name, up to a limit', async () => {
		const all = await results(engine, 'getAll', { resource: 'user', returnAll: true });
		const some = await results(engine, 'getAll', { resource: 'user', limit: 2 });
		const groups = await results(engine, 'getAll', { resource: 'group' });

		expect(namesOf(all)).toEqual(['admin', 'clerk', 'reader']);
		expect(namesOf(some)).toEqual(['admin', 'clerk']);
		expect(namesOf(groups)).toEqual(['family', 'office']);
		expect(groups[1]).toMatchObject({ permissions: ['view_tag'] });
	});

	it('are returned without passwords', async () => {
		const [one] = await results(engine, 'get', { resource: 'user', user: byName('clerk') });
		const all = await results(engine, 'getAll', { resource: 'user', returnAll: true });

		expect(one).toMatchObject({ name: 'clerk', email: 'clerk@example.com' });
		for (const user of [one, ...all]) expect(user).not.toHaveProperty('password');
	});
});
