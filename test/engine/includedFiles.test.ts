import { byId, engineFor, refusal, results, run } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { Stub } from '../support/stub.mts';
import { useSandbox } from '../support/useSandbox.mts';

describe.each(profiles)('files with the items of documents on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	afterEach(async () => {
		await sandbox.behave();
		await sandbox.reset();
	});

	const stored = async (id: unknown, route: string) => {
		const reply = await fetch(`${sandbox.url}/api/documents/${String(id)}/${route}`, {
			headers: { authorization: `Token ${sandbox.tokens.admin}` },
		});
		return Buffer.from(await reply.arrayBuffer());
	};
	const routes = {
		archived: 'download/',
		original: 'download/?original=true',
		thumbnail: 'thumb/',
	};

	it.each(Object.entries(routes))('Get Many adds the file “%s”', async (includeFile, route) => {
		const parameters = { returnAll: true, output: 'selected', options: { includeFile } };

		const { items, error } = await run(engine, 'getAll', parameters);

		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(4);
		for (const { json, binary } of items) {
			const file = binary?.data;
			if (!file) throw new Error(`Document ${String(json.id)} came without its file`);
			expect(await engine.read(file)).toEqual(await stored(json.id, route));
			expect(json).not.toHaveProperty('file_missing');
		}
	});

	it('Get adds the file that each item asks for, or none', async () => {
		const items = ['original', 'thumbnail', ''].map((file) => ({ json: { file } }));
		const parameters = { document: byId(5), options: { includeFile: '={{ $json.file }}' } };

		const { items: got, error } = await run(engine, 'get', parameters, { items });

		expect(error).toBeUndefined();
		const [original, thumbnail] = got.map(({ binary }) => binary?.data);
		if (!original || !thumbnail) throw new Error('A file is missing');
		expect(await engine.read(original)).toEqual(await stored(5, routes.original));
		expect(thumbnail.mimeType).toBe('image/webp');
		expect(got[2]?.binary).toBeUndefined();
	});

	it('a file that the server has lost is told in its item, beside the other items', async () => {
		await sandbox.lose(5);
		const file_missing = 'The original file of document 5 is missing on the server';
		const options = { includeFile: 'original' };

		const { items: many } = await run(engine, 'getAll', { returnAll: true, options });
		const { items: one } = await run(engine, 'get', { document: byId(5), options });

		const without = many.filter(({ binary }) => binary === undefined);
		expect(many.length).toBeGreaterThan(4);
		expect(without.map(({ json }) => json)).toEqual([
			expect.objectContaining({ id: 5, file_missing }),
		]);
		expect(one).toEqual([
			expect.objectContaining({ json: expect.objectContaining({ id: 5, file_missing }) }),
		]);
	});

	it('a file that the server has lost is named where it would be packed, sent or shared', async () => {
		const documentIds = '5, 6';
		const mail = { documentIds, to: 'ann@example.com', subject: 'Files', message: 'Here' };
		await sandbox.lose(5);

		const packed = await refusal(engine, 'downloadMany', { documentIds });
		const originals = { documentIds, options: { content: 'originals' } };
		const packedOriginals = await refusal(engine, 'downloadMany', originals);
		const sent = await refusal(engine, 'email', mail);
		const shared = await refusal(engine, 'create', { resource: 'shareLink', document: byId(5) });
		const links = await sandbox.api<{ count: number }>('GET', 'share_links/');

		for (const { message, description } of [packed, packedOriginals, sent, shared]) {
			expect(`${message} ${description}`).toMatch(
				/The (original )?file of document 5 is missing on the server/,
			);
		}
		expect(links.count).toBe(0);
		await sandbox.lose(6);
		const both = await refusal(engine, 'downloadMany', { documentIds });
		expect(both.description).toContain('document 6 is missing on the server');
	});

	it.each(['archived', 'original', 'preview'])(
		'a download of a file that the server has lost says so: %s',
		async (rendition) => {
			await sandbox.lose(5);

			const told = await refusal(engine, 'download', { document: byId(5), rendition });
			const unknown = await refusal(engine, 'download', { document: byId(999), rendition });

			expect(told.message).toMatch(/The (original )?file of document 5 is missing on the server$/);
			expect(told.description).toContain('gone from the disk');
			expect(unknown.message).toContain('There is no document 999');
		},
	);

	it('an interrupted download is the refusal of its item', async () => {
		await sandbox.misbehave({ kind: 'truncate', path: '/download/$', times: 99 });
		const options = { includeFile: 'archived' };

		const { items, error } = await run(engine, 'getAll', { returnAll: true, options });
		const { items: kept } = await run(
			engine,
			'get',
			{ document: byId(5), options },
			{ continueOnFail: true },
		);

		expect(items).toEqual([]);
		expect(error?.message).toMatch(/was only partly downloaded$/);
		expect(kept[0]?.json.error).toMatch(/was only partly downloaded$/);
	});

	it('downloads at most four files at once, however many items run', async () => {
		let [underway, most] = [0, 0];
		let open = () => {};
		const opened = new Promise<void>((resolve) => {
			open = resolve;
		});
		const proxy = await Stub.proxy(sandbox.url, {
			before: async ({ path }) => {
				if (!path.includes('/download/')) return;
				underway += 1;
				most = Math.max(most, underway);
				if (underway > 1) open();
				await opened;
				await sandbox.requests();
				underway -= 1;
			},
		});
		const parameters = { returnAll: true, options: { includeFile: 'archived' } };
		const items = [{ json: {} }, { json: {} }, { json: {} }];

		const got = await results(
			engineFor(sandbox, 'admin', { baseUrl: proxy.url }),
			'getAll',
			parameters,
			{ items },
		);
		await proxy.close();

		expect(got.length).toBeGreaterThan(12);
		expect(most).toBeGreaterThan(1);
		expect(most).toBeLessThanOrEqual(4);
	});
});
