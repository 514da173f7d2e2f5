import type { IDataObject } from 'n8n-workflow';
import { engineFor, refusal, results, run, textFile } from '../support/paperless.mts';
import type { Sandbox } from '../support/sandbox.mts';
import { profiles } from '../support/sandbox.mts';
import { Stub } from '../support/stub.mts';
import { useSandbox } from '../support/useSandbox.mts';

const row = (name: string, value: string) => ({ rows: [{ name, value }] });

const paths = [
	'https://evil.example/api/tags/',
	'//evil.example/api/tags/',
	'tags/../../admin/',
	'..',
	'./tags/',
	'/api/../admin/',
	'%2e%2e/admin/',
	'tags/%2e%2e/',
	'tags%2f1/',
	'tags//1/',
	'tags\\1',
	'\\\\evil.example\\tags',
	'tags/1/#',
	'tags/ 1/',
	'tags/\n1/',
	'@evil.example/',
	'tags;x=1/',
];

describe.each(profiles)('an API call, to Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.forgetRequests();
	});

	const call = async (parameters: object, more = {}) =>
		await results(engine, 'send', { resource: 'apiCall', ...parameters }, more);
	const refused = async (parameters: object, one = engine) =>
		await refusal(one, 'send', { resource: 'apiCall', ...parameters });
	const seen = async () =>
		(await sandbox.requests()).map(({ method, path, query }) =>
			[`${method} ${path}`, query].filter(Boolean).join('?'),
		);

	it.each(['tags/1/', '/tags/1/', 'api/tags/1/', '/api/tags/1', ' tags/1 '])(
		'reads an object at “%s”',
		async (path) => {
			const [tag] = await call({ path });

			expect(tag).toMatchObject({ id: 1, name: expect.any(String) });
			expect(await seen()).toContain('GET /api/tags/1/');
		},
	);

	it('returns one item per row of a list, and only the page that the query asks for', async () => {
		const queryParameters = row('page_size', '2');

		const tags = await call({ path: 'tags/?ordering=name', queryParameters });

		expect(tags).toHaveLength(2);
		expect(tags[0]).toHaveProperty('name');
		expect((await seen()).at(-1)).toBe('GET /api/tags/?ordering=name&page_size=2');
	});

	it('reads all pages of a list, each row once', async () => {
		const { count } = await sandbox.api<{ count: number }>('GET', 'documents/');
		await sandbox.forgetRequests();

		const found = await call({ path: 'documents/?page_size=2', allPages: true });

		expect(count).toBeGreaterThan(4);
		expect(found).toHaveLength(count);
		expect(new Set(found.map(({ id }) => id)).size).toBe(count);
		const reads = (await sandbox.requests()).filter(({ path }) => path === '/api/documents/');
		expect(reads).toHaveLength(Math.ceil(Number(count) / 2));
	});

	it('reads a list of rows without ids, and a reply that is no list, as they are', async () => {
		const words = await call({ path: 'search/autocomplete/?term=wat', allPages: true });
		const [counts] = await call({ path: 'statistics/', allPages: true });

		expect(words[0]).toEqual({ data: expect.any(String) });
		expect(counts).toHaveProperty('documents_total');
	});

	it('rejects a page together with all pages', async () => {
		const told = await refused({ path: 'tags/?page=2', allPages: true });

		expect(told.message).toContain('contradicts “page”');
	});

	it('creates, changes and deletes with JSON', async () => {
		const [made] = await call({
			method: 'POST',
			path: 'tags/',
			jsonBody: '={{ ({ name: "By hand" }) }}',
		});
		const path = `tags/${String(made?.id)}/`;
		const [changed] = await call({ method: 'PATCH', path, jsonBody: '{"name": "Other"}' });
		const gone = await call({ method: 'DELETE', path, body: 'none' });

		expect(made).toMatchObject({ name: 'By hand' });
		expect(changed).toMatchObject({ name: 'Other' });
		expect(gone).toEqual([{ success: true }]);
		await expect(sandbox.api('GET', path)).rejects.toThrow('404');
	});

	it('has an item after a write that leaves an empty list', async () => {
		const [note] = await sandbox.api<{ id: number }[]>('POST', 'documents/5/notes/', { note: 'x' });
		const queryParameters = row('id', String(note?.id));

		const left = await call({
			method: 'DELETE',
			path: 'documents/5/notes/',
			queryParameters,
			body: 'none',
		});

		expect(left).toEqual([{ success: true }]);
	});

	it('uploads a file in a form, and reads the text that answers', async () => {
		const [task] = await call(
			{
				method: 'POST',
				path: 'documents/post_document/',
				body: 'form',
				formFields: row('title', 'Sent by hand'),
			},
			{ items: [await textFile(engine, `A letter of ${profile}`)] },
		);

		expect(task).toEqual({ data: expect.stringMatching(/^[\da-f-]{36}$/) });
		expect((await sandbox.requests()).at(-1)?.sent).toMatchObject({
			title: ['Sent by hand'],
		});
	});

	it('downloads a file, and says so where a file was not expected', async () => {
		const { items } = await run(engine, 'send', {
			resource: 'apiCall',
			path: 'documents/5/download/',
			response: 'file',
		});
		const told = await refused({ path: 'documents/5/download/' });

		const binary = items[0]?.binary?.data;
		expect(items[0]?.json).toMatchObject({
			file_name: binary?.fileName,
			mime_type: 'application/pdf',
		});
		expect((await engine.read(binary!)).subarray(0, 5).toString()).toBe('%PDF-');
		expect(told.description).toContain('Choose “File” under “Response”');
	});

	it('downloads what answers a POST, and reads what is no file', async () => {
		const response = 'file';
		const { items } = await run(engine, 'send', {
			resource: 'apiCall',
			method: 'POST',
			path: 'documents/bulk_download/',
			jsonBody: '{"documents": [5]}',
			response,
		});
		const [tag] = await call({
			method: 'POST',
			path: 'tags/',
			jsonBody: '{"name":"x1"}',
			response,
		});

		expect(items[0]?.json).toMatchObject({ mime_type: 'application/zip' });
		expect(tag).toMatchObject({ name: 'x1' });
	});

	it('says what the server said', async () => {
		const unknown = await refused({ path: 'tags/99999/' });
		const invalid = await refused({ method: 'POST', path: 'tags/', jsonBody: '{"name": ""}' });
		const nowhere = await refused({ path: 'nowhere/' });
		const method = await refused({ method: 'PUT', path: 'statistics/', body: 'none' });
		const broken = await refused({ method: 'POST', path: 'tags/', jsonBody: '{' });

		expect(unknown.message).toContain('does not exist');
		expect(invalid.message).toContain('This field may not be blank.');
		expect(`${nowhere.message} ${nowhere.description}`).toContain('/api/nowhere/');
		expect(method.message).toMatch(/^This server has no route .*\/api\/statistics\/$/);
		expect(broken.message).toBe('“Body (JSON)” is not JSON');
	});

	it('names the permission that is missing', async () => {
		const reader = engineFor(sandbox, 'reader');

		const told = await refused(
			{ method: 'PUT', path: 'tags/1/', jsonBody: '{"name":"x"}' },
			reader,
		);

		expect(told.message).toContain('The token’s user may not do this');
		expect(told.description).toContain('change_tag');
	});

	it.each(paths)('sends nothing to a path that leads elsewhere: %j', async (path) => {
		for (const method of ['GET', 'POST']) {
			const told = await refused({ method, path });

			expect(told.message).toBe('“Path” is no path below /api/');
		}
		expect(await seen()).toEqual([]);
	});

	it.each([' ', '/', 'api', '/api/', '?page=1'])('rejects an empty path: %j', async (path) => {
		expect((await refused({ path })).message).toBe('“Path” is empty');
	});

	it.each(['token/', 'profile/', 'profile/generate_auth_token', 'auth/headless/app/'])(
		'asks for no token: %s',
		async (path) => {
			expect((await refused({ method: 'POST', path })).message).toContain('returns a token');
			expect(await seen()).toEqual([]);
		},
	);

	it.each([
		['twice in the path', { path: 'tags/?id=1&id=2' }, 'given twice'],
		['in the path and as a row', { path: 'tags/?id=1', queryParameters: row('id', '2') }, 'twice'],
		['as a row without a value', { path: 'tags/', queryParameters: row('id', ' ') }, 'is empty'],
		['as a row without a name', { path: 'tags/', queryParameters: row('', '2') }, 'no name'],
	])('rejects a query parameter %s', async (_, parameters: IDataObject, words) => {
		expect((await refused(parameters)).message).toContain(words);
		expect(await seen()).toEqual([]);
	});

	it('keeps the text of the query as it is', async () => {
		await call({ path: 'tags/', queryParameters: row('name__icontains', 'a&b=c#d ?e/../f') });

		const [last] = (await sandbox.requests()).slice(-1);
		expect(last?.path).toBe('/api/tags/');
		expect(new URLSearchParams(last?.query).get('name__icontains')).toBe('a&b=c#d ?e/../f');
	});

	it.each([
		['number sign', 'a#b', 'a#b'],
		['encoded number sign', 'a%23b', 'a#b'],
		['question mark', 'a?b', 'a?b'],
		['percent sign', '50%', '50%'],
		['plus sign, which is a blank there', 'a+b', 'a b'],
		['letter beyond ASCII', 'Bücher', 'Bücher'],
	])('keeps a query behind the path with a %s', async (_, written, meant) => {
		await call({ path: `tags/?ordering=name&name__icontains=${written}` });

		const [last] = (await sandbox.requests()).slice(-1);
		expect(last?.path).toBe('/api/tags/');
		expect([...new URLSearchParams(last?.query)]).toEqual([
			['ordering', 'name'],
			['name__icontains', meant],
		]);
	});

	it.each(['abc', '0', '00', '-1', '1.5', '1e2', '', 'NaN', '0x10'])(
		'reads all pages of no list with “%s” rows a page',
		async (size) => {
			const told = await refused({ path: `tags/?page_size=${size}`, allPages: true });

			expect(told.message).toContain('“page_size” is no number of rows');
			expect(await seen()).toEqual([]);
		},
	);

	it('sends a size of pages as it was written, where it reads one page', async () => {
		await call({ path: 'tags/?page_size=abc' });

		expect((await seen()).at(-1)).toBe('GET /api/tags/?page_size=abc');
	});

	it('only reads with Read Only', async () => {
		const readOnly = engineFor(sandbox, 'admin', { readOnly: true });
		const writes = [
			...['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({ method, path: 'tags/1/' })),
			{ method: 'POST', path: 'documents/bulk_download/' },
			{ method: 'GET', path: 'oauth/callback/?code=1' },
			{ method: 'GET', path: '/api/oauth/callback' },
		];

		const [tag] = await results(readOnly, 'send', { resource: 'apiCall', path: 'tags/1/' });
		for (const parameters of writes) {
			const told = await refused(parameters, readOnly);
			expect(told.message).toBe('The credential is set to Read Only');
		}

		expect(tag).toMatchObject({ id: 1 });
		expect((await seen()).filter((request) => !request.startsWith('GET /api/tags/'))).toEqual([]);
	});

	it('sends writes of several items one after the other', async () => {
		const names = ['First', 'Second', 'Third'];
		const items = names.map((name) => ({ json: { name } }));

		await call({ method: 'POST', path: 'tags/', jsonBody: '={{ $json }}' }, { items });

		const written = (await sandbox.requests()).filter(({ method }) => method === 'POST');
		expect(written.map(({ sent }) => sent)).toEqual(names.map((name) => ({ name })));
	});
});

describe('an API call, answered by something else', () => {
	const answeredBy = async (status: number, headers: Record<string, string>, body: string) => {
		const versions = { 'x-version': '3.0.5', 'x-api-version': '10' };
		const stub = await Stub.start(() => ({ status, headers: { ...versions, ...headers }, body }));
		const engine = engineFor({ url: stub.url, tokens: { admin: 'x'.repeat(40) } } as Sandbox);
		const result = await run(engine, 'send', { resource: 'apiCall', path: 'tags/' });
		await stub.close();
		return result;
	};

	it('takes no web page for a reply', async () => {
		const html = '<html><body>Log in</body></html>';

		const { error } = await answeredBy(200, { 'content-type': 'text/html' }, html);

		expect(error?.message).toContain('web page');
	});

	it('returns a text as it is', async () => {
		const { json } = await answeredBy(
			200,
			{ 'content-type': 'text/html; charset=utf-8' },
			'OK then',
		);

		expect(json).toEqual([{ data: 'OK then' }]);
	});

	it('follows no redirect', async () => {
		const { error } = await answeredBy(302, { location: 'https://evil.example/' }, '');

		expect(error?.message).toContain('redirects to evil.example');
	});
});
