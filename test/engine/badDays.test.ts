import type { INodeExecutionData } from 'n8n-workflow';
import { selfSignedCertificate } from '../support/certificate.mts';
import type { Engine, Run } from '../support/engine.mts';
import { byId, engineFor, run, textFile } from '../support/paperless.mts';
import type { Fault } from '../support/sandbox.mts';
import { Sandbox } from '../support/sandbox.mts';
import { Stub } from '../support/stub.mts';

let sandbox: Sandbox;
let engine: Engine;

beforeAll(async () => {
	sandbox = await Sandbox.start('3.0.5');
	engine = engineFor(sandbox);
	// Finds out the version of the server, so faults affect the intended request.
	await engine.pick('searchCorrespondents');
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
	await sandbox.reset();
	await sandbox.settings({ consumptionSeconds: 0 });
});

/** Runs an operation and checks that nothing that n8n stores contains the token. */
async function attempt(
	operation: string,
	parameters: object = {},
	more: Omit<Run, 'parameters'> & { by?: Engine } = {},
) {
	const { by = engine, ...rest } = more;
	const result = await run(by, operation, parameters, rest);
	expect(result.saved).not.toContain(sandbox.tokens.admin);
	const { message = '', description = '' } = result.error ?? {};
	return { ...result, message, description: description ?? '' };
}

const sent = async (method: string, path: RegExp) =>
	(await sandbox.requests()).filter((one) => one.method === method && path.test(one.path));

const document2 = { document: byId(2) };
const documents = (...ids: number[]): { items: INodeExecutionData[] } => ({
	items: ids.map((id) => ({ json: { id } })),
});
const eachDocument = { document: '={{ { mode: "id", value: $json.id } }}' };
const list = '^/api/documents/$';
const at = (id: number) => `^/api/documents/${id}/$`;

const proxyPage = {
	kind: 'status',
	contentType: 'text/html',
	body: '<html><head><title>nginx</title></head><body><h1>nginx</h1></body></html>',
} as const;
const soon = { 'retry-after': '0' };

describe('reading on a bad day', () => {
	it.each<[string, Fault]>([
		['is throttled', { kind: 'status', status: 429, headers: soon, times: 2 }],
		['is down behind its proxy', { ...proxyPage, status: 502 }],
		['restarts', { ...proxyPage, status: 503, headers: soon, times: 3 }],
		['drops the connection', { kind: 'drop' }],
		['truncates the answer', { kind: 'truncate' }],
	])('is repeated until it succeeds while the server %s', async (_, fault) => {
		await sandbox.misbehave({ path: list, ...fault });

		const { json, error } = await attempt('getAll', { returnAll: true });

		expect(error).toBeUndefined();
		expect(json).toHaveLength(6);
		expect(await sent('GET', /^\/api\/documents\/$/)).toHaveLength((fault.times ?? 1) + 1);
	});

	it('waits for a slow server', async () => {
		await sandbox.misbehave({ kind: 'latency', ms: 300, path: list });

		const { json } = await attempt('getAll', { returnAll: true });

		expect(json).toHaveLength(6);
	});

	it.each([
		[429, 'Paperless-ngx is rate limiting requests', 'Run the workflow again later'],
		[503, 'Paperless-ngx is not available at the moment', 'status 503'],
	])('gives up after three retries of status %s', async (status, message, how) => {
		await sandbox.misbehave({ ...proxyPage, status, headers: soon, times: 20 });

		const told = await attempt('getAll');

		expect(told.message).toBe(message);
		expect(told.description).toContain(how);
		expect(await sandbox.requests()).toHaveLength(4);
	});

	it('does not wait an hour even if the server asks for it', async () => {
		const body = { detail: 'Request was throttled. Expected available in 3600 seconds.' };
		const headers = { 'retry-after': '3600' };
		await sandbox.misbehave({ kind: 'status', status: 429, headers, body });

		const told = await attempt('getAll');

		expect(told.description).toContain('Expected available in 3600 seconds');
		expect(await sandbox.requests()).toHaveLength(1);
	});

	it('reports for each item that the server does not answer', async () => {
		const by = engineFor(sandbox, 'admin', { baseUrl: await Stub.nobody() });

		const { items } = await attempt('get', eachDocument, {
			...documents(1, 2),
			by,
			continueOnFail: true,
		});

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		for (const { json } of items) {
			expect(json.error).toBe('Paperless-ngx does not answer at this address');
			expect(json.message).toContain('host and port of the Base URL');
		}
	});

	it.each<[string, Fault, string]>([
		['a web page', { kind: 'html' }, 'The server answers with a web page instead of data'],
		['its login page', { kind: 'loginRedirect' }, 'The server answers with its login page'],
		[
			'half an answer',
			{ kind: 'status', status: 200, body: '{"count": 6, "results": [' },
			'The answer of Paperless-ngx is not readable',
		],
		[
			'an answer in another shape',
			{ kind: 'status', status: 200, body: { hello: 'world' } },
			'Paperless-ngx answered in an unknown format',
		],
		[
			'a crash',
			{ ...proxyPage, status: 500 },
			'Paperless-ngx crashed while processing this request',
		],
	])('reports that the server answers with %s, after one request', async (_, fault, message) => {
		await sandbox.misbehave(fault);

		const told = await attempt('getAll');

		expect(told.message).toBe(message);
		expect(told.description).not.toBe('');
		expect(told.error?.context?.itemIndex).toBe(0);
		expect(await sandbox.requests()).toHaveLength(1);
	});

	it('never shows the token, even if an answer repeats it', async () => {
		const body = `Refused: Authorization: Token ${sandbox.tokens.admin} from 10.0.0.1`;
		const fault: Fault = { kind: 'status', status: 400, contentType: 'text/plain', body };
		await sandbox.misbehave(fault, { ...fault, path: 'download' });

		const list = await attempt('getAll');
		const file = await attempt('download', document2);

		for (const { message } of [list, file]) expect(message).toMatch(/Token … from 10\.0\.0\.1/);
	});

	it('never sends a request to the host of the server’s “next” link', async () => {
		const stranger = await Stub.start(() => ({ status: 200, body: '{}' }));
		await sandbox.seed({ documents: 150 });
		await sandbox.misbehave({ kind: 'wrongNext', host: stranger.url, path: list, times: 9 });

		const { json } = await attempt('getAll', {
			returnAll: true,
			output: 'raw',
			options: { includeContent: true },
		});
		await stranger.close();

		expect(new Set(json.map(({ id }) => id)).size).toBe(156);
		expect(stranger.heard).toEqual([]);
	});

	it('never follows a redirect to a login host, but names the host', async () => {
		const login = await Stub.start(() => ({ status: 200, body: '{}' }));
		const fault: Fault = {
			kind: 'loginRedirect',
			host: login.url.replace('127.0.0.1', 'localhost'),
		};
		await sandbox.misbehave(fault, { ...fault, path: 'download' }, { ...fault, method: 'PATCH' });

		const read = await attempt('getAll');
		const file = await attempt('download', document2);
		const write = await attempt('update', { ...document2, updateFields: { title: 'Lost' } });
		await login.close();

		for (const { message, description } of [read, file, write]) {
			expect(message).toMatch(/^A proxy in front of Paperless-ngx redirects to localhost:\d+$/);
			expect(description).toContain('Custom Headers');
		}
		expect(login.heard).toEqual([]);
	});

	it('continues with the other items when the server crashes on one', async () => {
		await sandbox.misbehave({ ...proxyPage, status: 500, path: '^/api/documents/2/download/$' });

		const { items } = await attempt('download', eachDocument, {
			...documents(1, 2, 4),
			continueOnFail: true,
		});

		expect(items.map(({ json }) => json.error ?? json.id)).toEqual([
			1,
			'Paperless-ngx crashed while processing this request',
			4,
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect(items.map(({ binary }) => binary !== undefined)).toEqual([true, false, true]);
	});

	it('leaves no file when a download is interrupted', async () => {
		await sandbox.misbehave({ kind: 'truncate', path: '/download/$', times: 9 });

		const told = await attempt('download', document2);
		const { items } = await attempt('download', document2, { continueOnFail: true });

		expect(told.message).toMatch(/^“.+” was only partly downloaded$/);
		expect(told.description).toContain('n8n discarded it');
		expect(items).toHaveLength(1);
		expect(items[0]?.binary).toBeUndefined();
		expect(items[0]?.json.error).toMatch(/was only partly downloaded$/);
	});
});

describe('writing on a bad day', () => {
	const mayHaveHappened = /may have reached Paperless-ngx and was therefore not repeated/;
	const change = { ...document2, updateFields: { title: 'Changed' } };
	const titleOf = async (id: number) =>
		(await sandbox.api<{ title: string }>('GET', `documents/${id}/`)).title;

	it.each<[string, Fault]>([
		['the connection is interrupted', { kind: 'drop' }],
		['a proxy answers 502', { ...proxyPage, status: 502, headers: soon }],
		['a proxy answers 503', { ...proxyPage, status: 503, headers: soon }],
		['a proxy gives up waiting', { ...proxyPage, status: 504, headers: soon }],
	])('is sent once and reported as possibly done when %s', async (_, fault) => {
		await sandbox.misbehave({ method: 'PATCH', times: 9, ...fault });

		const told = await attempt('update', change);

		expect(told.description).toMatch(mayHaveHappened);
		expect(told.error?.context?.itemIndex).toBe(0);
		expect(await sent('PATCH', /./)).toHaveLength(1);
	});

	it('is sent once when it took effect before the connection was interrupted', async () => {
		await sandbox.misbehave({ method: 'PATCH', kind: 'dropAfter' });

		const told = await attempt('update', change);

		expect(told.message).toBe('The connection to Paperless-ngx was interrupted');
		expect(told.description).toMatch(mayHaveHappened);
		expect(await titleOf(2)).toBe('Changed');
		expect(await sent('PATCH', /./)).toHaveLength(1);
	});

	it('is not repeated when the server limits the rate', async () => {
		await sandbox.misbehave({ method: 'PATCH', kind: 'status', status: 429, headers: soon });

		const told = await attempt('update', change);

		expect(told.message).toBe('Paperless-ngx is rate limiting requests');
		expect(await sent('PATCH', /./)).toHaveLength(1);
		expect(await titleOf(2)).not.toBe('Changed');
	});

	it('deletes once, and reports that the document may be deleted', async () => {
		await sandbox.misbehave({ method: 'DELETE', kind: 'dropAfter' });

		const told = await attempt('delete', document2);

		expect(told.description).toMatch(mayHaveHappened);
		expect(await sent('DELETE', /./)).toHaveLength(1);
	});

	it('reports for each document of a bulk deletion that it may be deleted', async () => {
		await sandbox.misbehave({ path: 'bulk_edit', kind: 'drop', times: 9 });

		const { json } = await attempt('delete', eachDocument, {
			...documents(1, 2, 3),
			continueOnFail: true,
		});

		expect(json).toHaveLength(3);
		for (const { message } of json) expect(message).toMatch(mayHaveHappened);
		expect(await sent('POST', /bulk_edit/)).toHaveLength(1);
	});

	it('changes the other documents when the server crashes on one, and counts the changed ones', async () => {
		const parameters = { ...eachDocument, updateFields: { title: '={{ "New " + $json.id }}' } };
		const fault = { ...proxyPage, status: 500, method: 'PATCH', path: at(2), times: 8 };
		await sandbox.misbehave(fault);

		const all = await attempt('update', parameters, documents(1, 2, 3));
		const { items } = await attempt('update', parameters, {
			...documents(1, 2, 3),
			continueOnFail: true,
		});

		expect(all.error?.context?.itemIndex).toBe(1);
		expect(all.description).toContain('2 of 3 items were done');
		// The first attempt changed the others, and nothing is written again.
		expect(items.map(({ json }) => json.updated ?? json.error)).toEqual([
			false,
			'Paperless-ngx crashed while processing this request',
			false,
		]);
		expect(await titleOf(3)).toBe('New 3');
	});

	it('names the fields that an update changed before the rest was rejected', async () => {
		await sandbox.misbehave({ ...proxyPage, status: 500, path: 'bulk_edit', times: 9 });

		const told = await attempt('update', {
			...document2,
			updateFields: { title: 'Half', addTags: ['Household'] },
		});

		expect(told.description).toContain('Already changed: title');
		expect(await titleOf(2)).toBe('Half');
	});
});

describe('uploading on a bad day', () => {
	const upload = async (
		parameters: object = {},
		more: Partial<Run> & { by?: Engine; names?: string[] } = {},
	) => {
		const { names = ['letter.txt'], ...rest } = more;
		const items = await Promise.all(
			names.map(async (name) => await textFile(engine, `The text of ${name}`, name)),
		);
		return await attempt('upload', parameters, { items, ...rest });
	};
	const posts = async () => await sent('POST', /post_document/);

	it('reports that the file is too large for a proxy', async () => {
		await sandbox.misbehave({ ...proxyPage, status: 413, path: 'post_document' });

		const told = await upload();

		expect(told.message).toBe(
			'The file exceeds the size limit of a proxy in front of Paperless-ngx',
		);
		expect(told.description).toContain('client_max_body_size');
		expect(await posts()).toHaveLength(1);
	});

	it.each<Fault>([
		{ kind: 'drop' },
		{ kind: 'dropAfter' },
		{ ...proxyPage, status: 502, headers: soon },
		{ ...proxyPage, status: 504, headers: soon },
	])('sends a file once when the server answers with $kind $status', async (fault) => {
		await sandbox.misbehave({ ...fault, path: 'post_document', times: 9 });

		const told = await upload();

		expect(told.description).toMatch(/may have reached Paperless-ngx/);
		expect(await posts()).toHaveLength(1);
	});

	it('uploads the other files when the server crashes on one', async () => {
		await sandbox.misbehave({ ...proxyPage, status: 500, path: 'post_document' });

		const { json } = await upload({}, { names: ['a.txt', 'b.txt', 'c.txt'], continueOnFail: true });

		expect(json.filter(({ status }) => status === 'created')).toHaveLength(2);
		expect(json.filter(({ error }) => error !== undefined)).toHaveLength(1);
	});

	it.each<[string, object, Fault]>([
		[
			'note',
			{ note: 'Seen' },
			{ ...proxyPage, status: 500, path: '/notes/$', method: 'POST', times: 9 },
		],
		[
			'owner',
			{ owner: { __rl: true, mode: 'name', value: 'clerk' } },
			{ kind: 'status', status: 403, body: { detail: 'No.' }, method: 'PATCH' },
		],
	])('names the document, and says that its %s may not be set', async (what, fields, fault) => {
		await sandbox.misbehave(fault);

		const told = await upload({ additionalFields: fields });

		expect(told.description).toMatch(
			new RegExp(`“letter.txt” is document #\\d+.*not set: ${what}`),
		);
		expect(told.error?.context?.itemIndex).toBe(0);
	});

	it('says that the file was sent when the server crashes during consumption', async () => {
		const fault = { ...proxyPage, status: 500, path: '^/api/tasks/$', times: 9 };
		await sandbox.misbehave(fault);

		const told = await upload();

		expect(told.description).toMatch(/“letter.txt” was sent \(task [0-9a-f-]{36}\)/);
		expect(await posts()).toHaveLength(1);
	});

	const noTasks: Fault = {
		kind: 'status',
		status: 403,
		body: { detail: 'You do not have permission to perform this action.' },
		path: '^/api/tasks/$',
		times: 9,
	};

	it('is reported as pending, with the reason, to a user who may not read tasks', async () => {
		await sandbox.misbehave(noTasks);

		const { json, error } = await upload();

		expect(error).toBeUndefined();
		expect(json).toEqual([
			expect.objectContaining({
				status: 'pending',
				task_id: expect.any(String),
				reason: expect.stringContaining('view_paperlesstask'),
			}),
		]);
	});

	it('names the fields that are not set when a user may not read tasks', async () => {
		await sandbox.misbehave(noTasks);

		const told = await upload({ additionalFields: { note: 'Seen' } });

		expect(told.description).toMatch(/“view_paperlesstask”.*was sent.*not set: note/);
	});

	it.each([
		['waiting for the server', '/api/tasks/'],
		['asking for the checksum', '/api/documents/?checksum'],
	])('ends soon when the execution is canceled while %s', async (_, path) => {
		await sandbox.settings({ consumptionSeconds: 600 });
		let cancel = () => {};
		const proxy = await Stub.proxy(sandbox.url, {
			before: (heard) => {
				if (heard.path.startsWith(path)) cancel();
			},
		});
		const by = engineFor(sandbox, 'admin', { baseUrl: proxy.url });

		const { message } = await upload(
			{},
			{
				by,
				onStart: (given) => {
					cancel = given;
				},
			},
		);
		await proxy.close();

		expect(message).toMatch(/canceled/i);
		expect(proxy.heard.filter((heard) => heard.path.startsWith('/api/tasks/')).length).toBeLessThan(
			2,
		);
	});
});

describe('a server with an untrusted certificate', () => {
	const tls = selfSignedCertificate();
	let proxy: Stub;

	beforeAll(async () => {
		proxy = await Stub.proxy(sandbox.url, { tls });
	});
	afterAll(async () => await proxy.close());

	const by = (credentials: object) =>
		engineFor(sandbox, 'admin', { baseUrl: proxy.url, ...credentials });

	it('is rejected, and receives nothing', async () => {
		const told = await attempt('getAll', {}, { by: by({}) });

		expect(told.message).toBe('The TLS certificate of Paperless-ngx is not trusted');
		expect(told.description).toContain('“Ignore SSL Issues”');
		expect(proxy.heard).toEqual([]);
	});

	it.each([
		['its certificate is given', { caCertificate: tls.cert }],
		['SSL issues are ignored', { ignoreSslIssues: true }],
	])('is read and written, including files, when %s', async (_, credentials) => {
		const trusting = by(credentials);
		const item = await textFile(engine, 'Over a safe line');

		const read = await attempt('getAll', {}, { by: trusting });
		const written = await attempt('upload', {}, { by: trusting, items: [item] });
		const file = await attempt(
			'download',
			{ document: byId(written.json[0]?.id), rendition: 'original' },
			{ by: trusting },
		);

		expect(read.json).toHaveLength(6);
		const binary = file.items[0]?.binary?.data;
		expect(binary && (await engine.read(binary)).toString()).toBe('Over a safe line');
	});
});
