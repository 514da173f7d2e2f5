import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('the name of a downloaded file on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	const named = { document: byId(5), options: { useStoragePathName: true } };

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
		const updateFields = { storagePath: byName('By year') };
		await results(engine, 'update', { document: byId(5), updateFields });
	});
	afterAll(async () => await sandbox.close());

	it('follows the storage path where the server can do that, and is refused elsewhere', async () => {
		const [{ media_filename: path } = {}] = await results(engine, 'getMetadata', {
			document: byId(5),
		});
		if (profile !== '3.0.5') {
			const told = await refusal(engine, 'download', named);

			expect(told.message).toContain('storage path name of a download needs Paperless-ngx 3.0');
			return;
		}
		const [plain] = await results(engine, 'download', { document: byId(5) });
		const [original] = await results(engine, 'download', { ...named, rendition: 'original' });

		expect(path).toContain('/');
		expect(original?.file_name).toBe(String(path).split('/').at(-1));
		expect(plain?.file_name).not.toBe(original?.file_name);
	});

	it.each([
		[{ rendition: 'preview' }, {}],
		[{ rendition: 'thumbnail' }, {}],
		[{}, { fileName: 'a.pdf' }],
	])('is not chosen twice, and not where it has no effect: %j %j', async (more, options) => {
		const told = await refusal(engine, 'download', {
			...named,
			...more,
			options: { ...named.options, ...options },
		});

		expect(told.message).toContain('“Use Storage Path Name” has no effect here');
		expect(told.description).not.toBe('');
	});
});
