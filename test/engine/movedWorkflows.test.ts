import { byId, refusal, results, run } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

describe.each(profiles)('a choice from a list, on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.forgetRequests();
	});

	const chosen = (value: string, cachedResultName: string) => ({
		__rl: true,
		mode: 'list',
		value,
		cachedResultName,
	});
	const writes = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').map(({ path }) => path);

	it.each([
		[
			'Correspondent “Water Works” of a change',
			'update',
			{
				document: byId(5),
				updateFields: { correspondent: chosen('2', 'Water Works') },
			},
		],
		[
			'a correspondent to delete',
			'delete',
			{ resource: 'correspondent', correspondent: chosen('2', 'Water Works') },
		],
		[
			'a tag to rename',
			'update',
			{
				resource: 'tag',
				tag: chosen('2', 'receipt'),
				updateFields: { match: 'x' },
			},
		],
		[
			'a correspondent for many documents',
			'setCorrespondent',
			{
				resource: 'documentBulk',
				target: 'ids',
				documentIds: '5',
				correspondent: chosen('2', 'Water Works'),
			},
		],
		[
			'a document',
			'update',
			{ document: chosen('2', 'Lease (2019-03-01, #2)'), updateFields: { title: 'x' } },
		],
	])(
		'stops where its id belongs to something else on this server: %s',
		async (_, operation, parameters) => {
			const { message, description } = await refusal(engine, operation, parameters);

			expect(message).toMatch(/ 2 is called “.+” on this server, not “.+”/);
			expect(description).toMatch(/another server.*list again.*(By Name|By Title)/);
			expect(await writes()).toEqual([]);
		},
	);

	it('goes on where the label adds a path, an owner, a date or quotation marks to the name', async () => {
		const tags = await sandbox.api<{ results: Array<{ id: number; name: string }> }>(
			'GET',
			'tags/?page_size=100',
		);
		for (const { results: rows } of [
			await engine.pick('searchTags'),
			await engine.pick('searchCorrespondents'),
		]) {
			expect(rows).not.toEqual([]);
		}
		for (const { name, value } of (await engine.pick('searchTags')).results) {
			const [got] = await results(engine, 'get', {
				resource: 'tag',
				tag: chosen(String(value), name),
			});
			expect(tags.results.find(({ id }) => id === got?.id)?.name).toBe(got?.name);
		}
		const { error } = await run(engine, 'get', {
			resource: 'correspondent',
			correspondent: chosen('2', 'city library (clerk)'),
		});
		expect(error).toBeUndefined();
		const [document] = await results(engine, 'get', {
			document: chosen('2', 'Renamed since (2024-04-18, Power Company Ltd, #2)'),
		});
		expect(document?.id).toBe(2);
	});

	it('is an id like any other where no label is stored with it', async () => {
		const [got] = await results(engine, 'get', {
			resource: 'correspondent',
			correspondent: { __rl: true, mode: 'list', value: '2' },
		});

		expect(got?.name).toBe('City Library');
	});
});
