import { Engine } from '../support/engine.mts';
import { byId, engineFor, PaperlessNgxTool, run, types } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

describe.each(profiles)('a model that downloads, on Paperless-ngx %s', (profile) => {
	const { sandbox } = useSandbox(profile);
	const model = () =>
		new Engine(
			{ ...types, node: new PaperlessNgxTool() },
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
		);

	it('gets the text of the document, and no file is transferred', async () => {
		await sandbox.forgetRequests();

		const { items } = await run(model(), 'download', { document: byId(5) });

		const { content } = await sandbox.api<{ content: string }>('GET', 'documents/5/');
		const paths = (await sandbox.requests()).map(({ path }) => path);
		expect(items).toMatchObject([{ json: { id: 5, content } }]);
		expect(items[0]?.binary).toBeUndefined();
		expect(paths.filter((path) => path.includes('download'))).toEqual([]);
	});

	it.each([
		['download', { document: byId(5), asText: false }],
		['downloadMany', { documentIds: '2, 5' }],
		['get', { document: byId(5), options: { includeFile: 'archived' } }],
	])('is told where a file is that it does not get: %s', async (operation, parameters) => {
		const { items } = await run(model(), operation, parameters);

		expect(items[0]?.json['file_note']).toMatch(/no file.*binary data “data”/);
		expect(items[0]?.binary).toHaveProperty('data');
	});

	it('gets a long text in part, and is told so', async () => {
		const text = 'A long story. '.repeat(1000);
		await sandbox.api('PATCH', 'documents/5/', { content: text });

		const { items } = await run(model(), 'download', { document: byId(5) });

		const { content } = items[0]?.json as { content: string };
		expect(content.slice(0, 5000)).toBe(text.slice(0, 5000));
		expect(content.slice(5000)).toMatch(/^… \(cut after 5000 of 1(3999|4000) characters/);
	});

	it('is told that a document is missing, as a person is', async () => {
		const { error } = await run(model(), 'download', { document: byId(999_999) });

		expect(error?.message).toContain('There is no document 999999');
	});

	it('is the only one that is not given the file', async () => {
		const { items } = await run(engineFor(sandbox), 'download', { document: byId(5) });

		expect(items[0]?.binary).toHaveProperty('data');
		expect(items[0]?.json).not.toHaveProperty('file_note');
	});
});
