import { World } from './support/world.mts';

describe('the choices that n8n’s editor offers', () => {
	let world: World;

	beforeAll(async () => {
		world = await World.open();
	});
	afterAll(async () => await world.close());

	it('lists documents and searches them by the words typed in', async () => {
		const [oats, rye] = await world.uploadTexts(
			{ title: `${world.prefix} oats`, text: 'porridge' },
			{ title: `${world.prefix} rye`, text: 'bread' },
		);
		const get = await world.nodeReference({ operation: 'get' });

		const all = await world.n8n.searchList(get, 'parameters.document', 'searchDocuments');
		const found = await world.n8n.searchList(
			get,
			'parameters.document',
			'searchDocuments',
			`${world.prefix} rye`,
		);

		expect(all.results.map(({ value }) => value)).toEqual(
			expect.arrayContaining([String(oats), String(rye)]),
		);
		expect(found.results).toEqual([
			{
				name: expect.stringContaining(`${world.prefix} rye`),
				value: String(rye),
				url: `${world.shared.paperless.url}/documents/${rye}`,
			},
		]);
	});

	it('finds a correspondent among many by a part of its name', async () => {
		const { id } = await world.api<{ id: number }>('POST', 'correspondents/', {
			name: `${world.prefix} Water Works`,
		});
		const update = await world.nodeReference({ operation: 'update' });

		const found = await world.n8n.searchList(
			update,
			'parameters.updateFields.correspondent',
			'searchCorrespondents',
			`${world.prefix} wat`,
		);

		expect(found.results).toEqual([
			{
				name: `${world.prefix} Water Works`,
				value: String(id),
				url: `${world.shared.paperless.url}/documents?correspondent__id__in=${id}`,
			},
		]);
	});

	it('lists tags for a choice of several', async () => {
		const { id } = await world.api<{ id: number }>('POST', 'tags/', {
			name: `${world.prefix} tag`,
		});
		const update = await world.nodeReference({ operation: 'update' });

		const tags = await world.n8n.loadOptions(update, 'parameters.updateFields.addTags', 'getTags');

		expect(tags).toContainEqual({ name: `${world.prefix} tag`, value: id });
	});

	it('says in the list what is wrong when the token is refused', async () => {
		const { id, name } = await world.newCredential({
			baseUrl: world.shared.paperless.url,
			apiToken: 'f'.repeat(40),
		});
		const get = await world.nodeReference({ operation: 'get' });
		const [type = ''] = Object.keys(get.credentials);

		const answer = world.n8n.searchList(
			{ ...get, credentials: { [type]: { id, name } } },
			'parameters.document',
			'searchDocuments',
		);

		await expect(answer).rejects.toThrow(/token/i);
	});
});
