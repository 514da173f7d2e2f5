import { engineFor, results } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

const asked = { resource: 'system' };

describe.each(profiles)('filing options of Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);

	it('are what a document can be filed under, in one item', async () => {
		const options = await results(engine, 'getFilingOptions', asked);

		expect(options).toMatchObject([
			{
				tags: expect.arrayContaining([
					expect.objectContaining({ name: 'Inbox', inbox: true }),
					{ id: expect.any(Number), name: 'invoice' },
				]),
				correspondents: expect.arrayContaining([{ id: expect.any(Number), name: 'City Library' }]),
				document_types: expect.arrayContaining([{ id: expect.any(Number), name: 'Letter' }]),
				storage_paths: expect.arrayContaining([
					{ id: expect.any(Number), name: 'By year', path: expect.any(String) },
				]),
				custom_fields: expect.arrayContaining([
					expect.objectContaining({ name: 'Status', type: 'select', options: expect.any(Array) }),
					expect.objectContaining({ name: 'Reference', type: 'string' }),
				]),
			},
		]);
		expect(options[0]).not.toHaveProperty('hidden');
	});

	it('are asked for with one request per list, however many items there are', async () => {
		await results(engine, 'getFilingOptions', asked);
		await sandbox.forgetRequests();

		const items = [{ json: {} }, { json: {} }, { json: {} }];
		const options = await results(engine, 'getFilingOptions', asked, { items });

		expect(options).toHaveLength(3);
		expect((await sandbox.requests()).length).toBeLessThanOrEqual(5);
	});

	it('leave out what the user of the token may not see, and say so', async () => {
		const { results: users } = await sandbox.api<{
			results: Array<{ id: number; username: string; user_permissions: string[] }>;
		}>('GET', 'users/');
		const clerk = users.find(({ username }) => username === 'clerk');
		const kept = clerk?.user_permissions.filter((name) => name !== 'view_storagepath') ?? [];
		await sandbox.api('PATCH', `users/${String(clerk?.id)}/`, { user_permissions: kept });

		const [options] = await results(engineFor(sandbox, 'clerk'), 'getFilingOptions', asked);

		expect(options).toHaveProperty('hidden');
		expect(options?.hidden).toContain('storage_paths');
		expect(options).not.toHaveProperty('storage_paths');
		expect(options).toHaveProperty('tags');
	});

	if (profile !== '2.15.3') {
		it('show tags by their paths', async () => {
			const top = await sandbox.api<{ id: number }>('POST', 'tags/', { name: 'Shelf' });
			await sandbox.api('POST', 'tags/', { name: 'Box 7', parent: top.id });

			const [options] = await results(engine, 'getFilingOptions', asked);

			expect(options?.tags).toContainEqual({ id: expect.any(Number), name: 'Shelf / Box 7' });
		});
	}
});
