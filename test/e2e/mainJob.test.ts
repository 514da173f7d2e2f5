import { mainExample, readExample } from '../../scripts/n8n/examples.mts';
import { failureOf } from '../../scripts/n8n/report.mts';
import { byId, World } from './support/world.mts';

describe('the main job in n8n', () => {
	let world: World;

	beforeAll(async () => {
		world = await World.open();
	});
	afterAll(async () => await world.close());

	it('runs the example workflow from the upload to the deletion', async () => {
		const example = await readExample(mainExample, await world.credential());
		const tag = `${world.prefix} tag`;
		const workflow = JSON.parse(
			JSON.stringify({ ...example, name: `${world.prefix} ${example.name}` })
				.replaceAll('n8n example', tag)
				.replaceAll('Water bill {{', `${world.prefix} {{`)
				.replaceAll('=Water bill ', `=${world.prefix} `),
		) as typeof example;

		const execution = await world.run(workflow);

		expect(failureOf(workflow, execution)).toBeUndefined();
		const [uploaded] = execution.items('Upload and Wait');
		const [found] = execution.items('Find by Text');
		expect(found?.json).toMatchObject({
			id: uploaded?.json['id'],
			tags: expect.arrayContaining([tag]),
		});
		expect(execution.items('Delete').map(({ json }) => json)).toMatchObject([
			{ deleted: true, id: uploaded?.json['id'] },
		]);
		expect(await world.ids('documents')).toEqual([]);
		expect(await world.ids('tags')).toHaveLength(1);
	});

	it('keeps files in the file system, and brings them back byte by byte', async () => {
		const text = 'Straße, naïve, größer – '.repeat(5000);
		const title = `${world.prefix} bytes`;
		const [id] = await world.uploadTexts({ title, text });

		const execution = await world.run(
			world.chain(
				'download',
				[{ id }],
				await world.paperlessNode('Download', {
					operation: 'download',
					document: byId('={{ $json.id }}'),
					rendition: 'original',
				}),
			),
		);

		const file = execution.items('Download')[0]?.binary?.['data'];
		expect(file?.id).toMatch(/^filesystem/);
		expect((await world.n8n.binary(file?.id ?? '')).toString('utf8')).toBe(`${title}\n${text}`);
	});

	it('keeps the other items when one fails, each linked to the item it came from', async () => {
		const ids = await world.uploadTexts(
			{ title: `${world.prefix} first`, text: 'one' },
			{ title: `${world.prefix} second`, text: 'two' },
		);
		const asked = [ids[0], 999_999_999, ids[1]];

		const execution = await world.run(
			world.chain(
				'continue on fail',
				asked.map((id) => ({ id })),
				await world.paperlessNode(
					'Get',
					{ operation: 'get', document: byId('={{ $json.id }}') },
					'continueRegularOutput',
				),
			),
		);

		const items = execution.items('Get');
		expect(execution.status).toBe('success');
		expect(items.map(({ json }) => json['title'] ?? 'none')).toEqual([
			`${world.prefix} first`,
			'none',
			`${world.prefix} second`,
		]);
		expect(items[1]?.json['error']).toMatch(/999999999/);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('stops with what to do about it when the document is not there', async () => {
		const execution = await world.run(
			world.chain(
				'failure',
				[{}],
				await world.paperlessNode('Get', { operation: 'get', document: byId('999999999') }),
			),
		);

		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(/999999999/);
		expect(execution.error?.description).toBeTruthy();
		expect(JSON.stringify(execution.runs)).not.toContain(world.shared.paperless.token);
	});
});
