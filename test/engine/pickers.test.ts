import { Engine } from '../support/engine.mts';
import { byId, engineFor, refusal, results, types } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import { Stub } from '../support/stub.mts';
import { useSandbox } from '../support/useSandbox.mts';

const names = (list: { results: Array<{ name: string }> }) => list.results.map(({ name }) => name);

describe.each(profiles)('the pickers, on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);

	beforeAll(async () => {
		await sandbox.api('POST', 'saved_views/', {
			name: 'Open invoices',
			sort_field: 'created',
			sort_reverse: true,
			filter_rules: [{ rule_type: 0, value: 'invoice' }],
			show_on_dashboard: false,
			show_in_sidebar: false,
		});
	});
	beforeEach(async () => await sandbox.forgetRequests());

	it('offer documents with title, date and id, the latest first, with a link', async () => {
		const { results, paginationToken } = await engine.pick('searchDocuments');

		expect(results[0]).toEqual({
			name: 'Contract of lease (2024-07-01, #6)',
			value: '6',
			url: `${sandbox.url}/documents/6`,
		});
		expect(results).toHaveLength(6);
		expect(paginationToken).toBeUndefined();
	});

	it('request a list once for all fields that show it at the same time', async () => {
		const lists = await Promise.all([1, 2, 3].map(() => engine.loadOptions('getTags')));
		const again = await engine.loadOptions('getTags');

		expect(lists).toEqual([again, again, again]);
		const seen = (await sandbox.requests()).map(({ path }) => path);
		expect(seen).toEqual(['/api/tags/', '/api/tags/']);
	});

	it('offer the columns of a saved view, with custom fields', async () => {
		const columns = await engine.loadOptions('getViewColumns');

		expect(columns).toContainEqual({ name: 'Storage Path', value: 'storagepath' });
		expect(columns).toContainEqual({
			name: 'Reference',
			value: expect.stringMatching(/^custom_field_\d+$/),
		});
	});

	it.each([
		['their title', 'INVOICE'],
		['their correspondent', 'power comp'],
		['their serial number', '17'],
		['their id', '2'],
	])('find documents by %s, and show the correspondent', async (_, words) => {
		const found = await engine.pick('searchDocuments', words);

		expect(names(found)[0]).toBe('Power invoice 1/2024 (2024-04-18, Power Company Ltd, #2)');
	});

	it('find documents by a word of their content', async () => {
		const { content } = await sandbox.api<{ content: string }>('GET', 'documents/2/');
		const word = content.split(/\s+/).find((one) => one.length > 6) ?? '';

		expect(names(await engine.pick('searchDocuments', word)).join()).toContain('#2)');
	});

	it.each([
		['searchCorrespondents', 'documents?correspondent__id__in='],
		['searchDocumentTypes', 'documents?document_type__id__in='],
		['searchStoragePaths', 'documents?storage_path__id__in='],
		['searchTags', 'documents?tags__id__all='],
		['searchSavedViews', 'view/'],
	])('link each row of %s to its page', async (method, page) => {
		const { results } = await engine.pick(method);

		expect(results).not.toEqual([]);
		for (const { value, url } of results) expect(url).toBe(`${sandbox.url}/${page}${value}`);
	});

	it.each([
		['searchCorrespondents', 'correspondent'],
		['searchDocumentTypes', 'documentType'],
		['searchStoragePaths', 'storagePath'],
		['searchTags', 'tag'],
		['searchSavedViews', 'savedView'],
	])('link each row of %s to an address that “By URL” takes', async (method, kind) => {
		const [{ value, url = '' } = { value: '' }] = (await engine.pick(method)).results;
		const byUrl = (address: string) => ({
			resource: kind,
			[kind]: { __rl: true, mode: 'url', value: address },
		});

		const [found] = await results(engine, 'get', byUrl(url));
		const elsewhere = url.replace(sandbox.url, 'https://elsewhere.example');
		const { message } = await refusal(engine, 'get', byUrl(elsewhere));

		expect(String(found?.id)).toBe(value);
		expect(message).toMatch(/is not a .+ of this server$/);
	});

	it.each([
		['createCorrespondent', 'correspondents'],
		['createDocumentType', 'document_types'],
		['createTag', 'tags'],
	])('create what was typed, once and assigned to nothing: %s', async (method, list) => {
		const chosen = await engine.create(method, ' From the panel ');
		const again = await engine.create(method, 'From the panel');
		const number = await engine.create(method, '2031');
		const { results: made } = await sandbox.api<{ results: Array<Record<string, unknown>> }>(
			'GET',
			`${list}/?page_size=100`,
		);
		const [first, ...others] = made.filter(({ name }) => name === 'From the panel');
		const digits = made.find(({ name }) => name === '2031');
		for (const row of [first, digits]) await sandbox.api('DELETE', `${list}/${String(row?.id)}/`);

		expect([chosen, again, number]).toEqual([
			'From the panel',
			'From the panel',
			String(digits?.id),
		]);
		expect(first).toMatchObject({ matching_algorithm: 0 });
		expect(others).toEqual([]);
	});

	it('create nothing without a name, and nothing with a credential that only reads', async () => {
		const reading = engineFor(sandbox, 'admin', { readOnly: true });

		await expect(engine.create('createTag', ' ')).rejects.toThrow('The new tag has no name');
		await expect(reading.create('createTag', 'x')).rejects.toThrow('set to Read Only');
		expect((await sandbox.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('let an address be chosen where a document is written', async () => {
		const url = `${sandbox.url}/documents?correspondent__id__in=`;
		const update = (address: string) => ({
			document: byId(2),
			updateFields: { correspondent: { __rl: true, mode: 'url', value: address } },
			options: { createIfMissing: true },
		});

		const { message } = await refusal(
			engine,
			'update',
			update('https://elsewhere.example/documents?correspondent__id__in=1'),
		);
		const [library] = (await engine.pick('searchCorrespondents', 'library')).results;
		await results(engine, 'update', update(`${url}${library?.value}`));
		const written = await sandbox.api<{ correspondent: number }>('GET', 'documents/2/');

		expect(message).toContain('is not a correspondent of this server');
		expect(String(written.correspondent)).toBe(library?.value);
	});

	it('show nested tags by their paths', async () => {
		const found = await engine.pick('searchTags', '2024');

		expect(names(found)).toEqual(profile === '2.15.3' ? [] : ['Archive / 2024']);
	});

	it('tell correspondents of one name apart by their owners', async () => {
		const users = await sandbox.api<{ results: Array<{ id: number; username: string }> }>(
			'GET',
			'users/',
		);
		const owner = users.results.find(({ username }) => username === 'clerk')?.id;
		const { id } = await sandbox.api<{ id: number }>('POST', 'correspondents/', {
			name: 'City Library',
			owner,
		});

		const found = await engine.pick('searchCorrespondents', 'library');
		await sandbox.api('DELETE', `correspondents/${id}/`);

		expect(names(found).sort()).toEqual([
			expect.stringMatching(/^City Library \((admin|no owner)\)$/),
			'City Library (clerk)',
		]);
	});

	it.each([
		['searchCorrespondents', 'power', ['Power Company Ltd']],
		['searchDocumentTypes', 'LET', ['Letter']],
		['searchGroups', 'FAM', ['family']],
		['searchStoragePaths', 'year', ['By year']],
		['searchSavedViews', 'open', ['Open invoices']],
		['searchUsers', 'cle', ['clerk']],
	])('find in %s the names that contain “%s”', async (method, words, expected) => {
		const [found, nothing] = [
			await engine.pick(method, words),
			await engine.pick(method, 'no such thing'),
		];

		expect(names(found)).toEqual(expected);
		expect(nothing.results).toEqual([]);
		expect(found.results[0]?.value).toMatch(/^\d+$/);
	});

	it.each([
		['getCorrespondents', ['City Library', 'Power Company Ltd']],
		['getDocumentTypes', ['Invoice', 'Letter']],
		['getGroups', ['family']],
		['getStoragePaths', ['By year']],
		['getUsers', ['admin', 'clerk', 'reader']],
	])('offer everything in %s, sorted by name, with the id as value', async (method, expected) => {
		const options = await engine.loadOptions(method);

		expect(options.map(({ name }) => name)).toEqual(expected);
		expect(options.every(({ value }) => typeof value === 'number')).toBe(true);
	});

	it('offer every tag once, including nested tags', async () => {
		const options = await engine.loadOptions('getTags');

		const nested = profile === '2.15.3' ? [] : ['2024', 'Archive'];
		const sorted = [...nested, 'Household', 'Inbox', 'invoice'];
		expect(options.map(({ name }) => name)).toEqual(sorted);
	});

	it('offer custom fields with their types, and select options by label', async () => {
		const { fields } = await engine.mapFields('mapCustomFields');

		const byName = Object.fromEntries(fields.map((field) => [field.displayName, field]));
		expect(Object.fromEntries(fields.map(({ displayName, type }) => [displayName, type]))).toEqual({
			'Amount (amount, e.g. EUR12.50)': 'string',
			Due: 'dateTime',
			Pages: 'number',
			Paid: 'boolean',
			Reference: 'string',
			'Related (document IDs, e.g. 12, 34)': 'string',
			Status: 'options',
			'Web page': 'string',
			Weight: 'number',
			...(profile !== '2.15.3' && { Remarks: 'string' }),
		});
		expect(byName.Status?.options?.map(({ name }) => name)).toEqual(['Open', 'Done']);
		expect(byName.Status?.options?.[0]?.value).toMatch(/^\w{16}$/);
		expect(fields.every(({ required, display }) => !required && display)).toBe(true);
	});
});

describe('the pickers, on a large archive', () => {
	const { sandbox, engine } = useSandbox('3.0.5', 'empty');

	beforeAll(async () => {
		await sandbox.seed({ correspondents: 5_000, documents: 250, contentLength: 5_000 });
		await engine.pick('searchCorrespondents');
	});
	beforeEach(async () => await sandbox.forgetRequests());

	it.each([
		['searchCorrespondents', 1],
		['searchDocuments', 2],
	])('open %s with few small requests: %d', async (method, count) => {
		const { results, paginationToken } = await engine.pick(method);

		const requests = await sandbox.requests();
		expect(requests).toHaveLength(count);
		expect(requests[0]?.bytesOut).toBeLessThan(50_000);
		expect(results).toHaveLength(100);
		expect(paginationToken).toBe('2');
	});

	it('search among thousands with one small request', async () => {
		const { results } = await engine.pick('searchCorrespondents', 'Correspondent 4321');

		const requests = await sandbox.requests();
		expect(results.map(({ name }) => name)).toEqual(['Correspondent 4321']);
		expect(requests).toHaveLength(1);
		expect(requests[0]?.bytesOut).toBeLessThan(2_000);
	});

	it('continue page by page to the last page and show every entry once', async () => {
		const seen: unknown[] = [];
		let token: string | undefined;
		do {
			const { results, paginationToken } = await engine.pick('searchDocuments', undefined, token);
			seen.push(...results.map(({ value }) => value));
			token = typeof paginationToken === 'string' ? paginationToken : undefined;
		} while (token);

		expect(seen).toHaveLength(250);
		expect(new Set(seen).size).toBe(250);
		const pages = (await sandbox.requests()).filter(({ path }) => path === '/api/documents/');
		expect(pages).toHaveLength(3);
	});
});

describe('the pickers, when the server rejects the request', () => {
	let sandbox: Sandbox;

	beforeAll(async () => {
		sandbox = await Sandbox.start('2.20.15');
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => await sandbox.reset());

	const errorOf = async (work: Promise<unknown>) =>
		await work.then(
			() => {
				throw new Error('It succeeded');
			},
			({ message, description }: { message: string; description?: string }) => ({
				message,
				description,
			}),
		);

	it('say that the server does not accept the token', async () => {
		const engine = engineFor(sandbox, 'admin', { apiToken: 'wrong' });

		const refusals = [
			await errorOf(engine.pick('searchCorrespondents')),
			await errorOf(engine.loadOptions('getTags')),
			await errorOf(engine.mapFields('mapCustomFields')),
		];

		for (const { message, description } of refusals) {
			expect(message).toBe('Paperless-ngx does not accept the token');
			expect(description).toContain('Copy the token again');
		}
	});

	it('name the missing permission', async () => {
		const engine = engineFor(sandbox, 'reader');

		const refused = await errorOf(engine.loadOptions('getUsers'));

		expect(refused.description).toContain('“view_user”');
	});

	it('say that the server sent a web page instead of data', async () => {
		await sandbox.misbehave({ kind: 'html' });

		const refused = await errorOf(engineFor(sandbox).pick('searchCorrespondents'));

		expect(refused.message).toBe('The server answers with a web page instead of data');
	});

	it('say that the Base URL is not a web address', async () => {
		const engine = engineFor(sandbox, 'admin', { baseUrl: 'paperless.local' });

		const refused = await errorOf(engine.pick('searchDocuments'));

		expect(refused.message).toBe('The Base URL is not a web address');
	});

	it('say that no server answers at the address', async () => {
		const baseUrl = await Stub.nobody();
		const engine = new Engine(types, { baseUrl, apiToken: 'secret' });

		const refused = await errorOf(engine.pick('searchDocuments'));

		expect(refused.message).toBe('Paperless-ngx does not answer at this address');
	});
});
