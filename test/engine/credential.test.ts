import type { IDataObject } from 'n8n-workflow';
import { selfSignedCertificate } from '../support/certificate.mts';
import { Engine } from '../support/engine.mts';
import { ForeignNode } from '../support/foreignNode.mts';
import { engineFor, results, types } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';
import type { Answer, Heard } from '../support/stub.mts';
import { Stub } from '../support/stub.mts';

const stranger = 'f00dfacef00dfacef00dfacef00dfacef00dface';

const tested = async (credentials: IDataObject) =>
	await new Engine(types, { apiToken: stranger, ...(credentials as object) }).testCredential();

describe.each(profiles)('the credential, tested against Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
	});
	afterAll(async () => await sandbox.close());

	it.each(['', '/', '/api', '/api/', '/dashboard', '/?query=x#y'])(
		'is accepted with “%s” behind the address, and the version is named',
		async (ending) => {
			const baseUrl = sandbox.url + ending;

			const answer = await tested({ baseUrl, apiToken: sandbox.tokens.admin });

			expect(answer).toEqual({ status: 'OK', message: `Connected to Paperless-ngx ${profile}` });
		},
	);

	it.each(['admin', 'reader', 'clerk'] as const)('is accepted for the user %s', async (user) => {
		expect(await engineFor(sandbox, user).testCredential()).toMatchObject({ status: 'OK' });
	});

	it('is accepted with a token that was pasted with its scheme and blanks, in the test and in the node', async () => {
		const engine = engineFor(sandbox, 'admin', { apiToken: ` Token  ${sandbox.tokens.admin} ` });

		const answer = await engine.testCredential();
		const found = await results(engine, 'getAll', { limit: 1 });

		expect(answer.status).toBe('OK');
		expect(found).toHaveLength(1);
	});

	it('works below a sub-path that only the proxy knows, with links to the public address', async () => {
		const proxy = await Stub.proxy(sandbox.url, { prefix: '/paper' });
		const engine = engineFor(sandbox, 'admin', {
			baseUrl: `${proxy.url}/paper/api/`,
			publicUrl: 'https://archive.example/',
		});

		const answer = await engine.testCredential();
		const [found] = await results(engine, 'getAll', { limit: 1 });
		await proxy.close();

		expect(answer.status).toBe('OK');
		expect(found?.url).toBe(`https://archive.example/documents/${String(found?.id)}`);
	});

	it('says that the server does not accept the token, and where to find the right one', async () => {
		const answer = await tested({ baseUrl: sandbox.url });

		expect(answer).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/does not accept the token\. .*API Auth Token/),
		});
		expect(answer.message).not.toContain(stranger);
	});

	it('says that the address is too long', async () => {
		const answer = await tested({
			baseUrl: `${sandbox.url}/documents`,
			apiToken: sandbox.tokens.admin,
		});

		expect(answer).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/login page\. Check the Base URL/),
		});
	});
});

describe('the credential, tested against other servers', () => {
	const stubs: Stub[] = [];
	const stub = async (answer: (heard: Heard) => Answer, tls?: { cert: string; key: string }) => {
		const started = await Stub.start(answer, tls);
		stubs.push(started);
		return started;
	};
	afterEach(async () => await Promise.all(stubs.splice(0).map(async (one) => await one.close())));

	const good: Answer = {
		status: 200,
		headers: { 'Content-Type': 'application/json', 'X-Version': '3.0.5', 'X-Api-Version': '10' },
		body: '[]',
	};
	const html = (status: number, headers: Record<string, string> = {}): Answer => ({
		status,
		headers: { 'Content-Type': 'text/html', ...headers },
		body: '<!doctype html><html><head><title>Welcome</title></head><body>Hello</body></html>',
	});

	it.each([
		['', 'The Base URL is not a web address'],
		['paperless.local:8000', 'The Base URL is not a web address'],
		['ftp://paperless.local', 'The Base URL is not a web address'],
		['http://paperless.invalid', 'The host name of the Base URL was not found'],
	])('says about the address “%s”: %s', async (baseUrl, message) => {
		expect(await tested({ baseUrl })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining(message),
		});
	});

	it('says that the token is missing before it sends a request', async () => {
		const server = await stub(() => good);

		const answer = await tested({ baseUrl: server.url, apiToken: ' Token ' });

		expect(answer.message).toContain('The API Token is empty');
		expect(server.heard).toEqual([]);
	});

	it('says that no server listens at the port, after a few attempts', async () => {
		const answer = await tested({ baseUrl: await Stub.nobody() });

		expect(answer.message).toMatch(/does not answer at this address\..*host and port/);
	});

	it.each([
		['a web page', html(200), /answers with a web page instead of data\. Check the Base URL/],
		[
			'a login page elsewhere',
			html(302, { Location: 'https://login.example.com/?rd=x' }),
			/A proxy in front of Paperless-ngx redirects to login\.example\.com.*Custom Headers/,
		],
		[
			'a redirect to the login of Paperless-ngx',
			html(302, { Location: '/accounts/login/?next=/api/config/' }),
			/login page/,
		],
		[
			'a 403 as a web page',
			html(403),
			/A proxy in front of Paperless-ngx refuses the request.*Custom Headers/,
		],
		[
			'a proxy that asks for a password',
			html(401, { 'WWW-Authenticate': 'Basic realm="Private"' }),
			/A proxy in front of Paperless-ngx asks for a password/,
		],
		['a 404 as a web page', html(404), /no Paperless-ngx API at this address/],
		[
			'a host name that is not allowed',
			html(400),
			/refuses this host name.*PAPERLESS_ALLOWED_HOSTS/,
		],
		[
			'JSON of something else',
			{ status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' },
			/unknown format/,
		],
		[
			'a server that is too old',
			{
				...good,
				headers: {
					'Content-Type': 'application/json',
					'X-Version': '2.14.7',
					'X-Api-Version': '7',
				},
			},
			/needs Paperless-ngx 2\.15 or later; this server is 2\.14\.7/,
		],
	])('says what is wrong with %s', async (_, reply, message) => {
		const server = await stub(() => reply);

		const answer = await tested({ baseUrl: server.url });

		expect(answer).toEqual({ status: 'Error', message: expect.stringMatching(message) });
		expect(answer.message).not.toContain(stranger);
	});

	it('says which address to enter when http is redirected to https, including the sub-path', async () => {
		const server = await stub(({ path }) =>
			html(301, { Location: `https://127.0.0.1:8443${path}` }),
		);

		const answer = await tested({ baseUrl: `${server.url}/paper` });

		expect(answer.message).toContain('Change the Base URL to https://127.0.0.1:8443/paper');
	});

	it('never sends the token to the host of a redirect', async () => {
		const login = await stub(() => good);
		const server = await stub(() => html(302, { Location: `${login.url}/login` }));

		await tested({ baseUrl: server.url });

		expect(server.heard.length).toBeGreaterThan(0);
		expect(login.heard).toEqual([]);
	});

	it('says that a certificate is not trusted, and accepts it from the credential', async () => {
		const tls = selfSignedCertificate();
		const server = await stub(() => good, tls);
		const baseUrl = server.url;

		const refused = await tested({ baseUrl });
		const authority = await tested({ baseUrl, caCertificate: tls.cert });
		const oneLine = await tested({ baseUrl, caCertificate: tls.cert.replaceAll('\n', ' ') });
		const ignored = await tested({ baseUrl, ignoreSslIssues: true });
		const wrongAuthority = await tested({ baseUrl, caCertificate: selfSignedCertificate().cert });

		expect(refused.message).toMatch(/certificate .* not trusted.*“CA Certificate”/);
		expect(authority.status).toBe('OK');
		expect(oneLine.status).toBe('OK');
		expect(ignored.status).toBe('OK');
		expect(wrongAuthority.status).toBe('Error');
	});

	it('sends the custom headers beside the token', async () => {
		const server = await stub(() => good);

		const answer = await tested({
			baseUrl: server.url,
			secretHeaders: 'CF-Access-Client-Id: 1234.access\n\n X-Pass :  a:b c \r\n',
		});

		expect(answer.status).toBe('OK');
		for (const { headers } of server.heard) {
			expect(headers).toMatchObject({
				authorization: `Token ${stranger}`,
				'cf-access-client-id': '1234.access',
				'x-pass': 'a:b c',
			});
		}
	});

	it.each(['no colon here', ': no name', 'two words: x', 'Authorization: Token x'])(
		'rejects the line “%s” of the custom headers',
		async (secretHeaders) => {
			const server = await stub(() => good);

			const answer = await tested({ baseUrl: server.url, secretHeaders });

			expect(answer.message).toMatch(/“Custom Headers” contains an invalid line.*Name: value/);
			expect(server.heard).toEqual([]);
		},
	);
});

describe('the credential in another node', () => {
	let sandbox: Sandbox;
	let stranger: Stub;

	beforeAll(async () => {
		sandbox = await Sandbox.start('3.0.5');
		stranger = await Stub.start(() => ({ status: 200, body: '{}' }));
	});
	afterAll(async () => await Promise.all([sandbox.close(), stranger.close()]));

	const send = async (request: IDataObject, credentials: IDataObject = {}) => {
		const { baseUrl, apiToken } = { baseUrl: sandbox.url, apiToken: sandbox.tokens.admin };
		const engine = new Engine(
			{ node: new ForeignNode(), credential: types.credential },
			{ baseUrl, apiToken, ...(credentials as object) },
		);
		return await engine.run({ parameters: {}, items: [{ json: request }] });
	};
	const tag = { json: true, body: { name: 'From elsewhere' } };

	it.each(['request', 'httpRequest'])('reads and writes on its server (%s)', async (helper) => {
		const url = `${sandbox.url}/api/tags/`;

		const read = await send({ helper, method: 'GET', url });
		const written = await send({ helper, method: 'POST', url, ...tag });

		expect(read.error).toBeUndefined();
		expect(written.error).toBeUndefined();
		expect(written.items[0]?.json).toMatchObject({ reply: { name: 'From elsewhere' } });
		await sandbox.reset();
	});

	it.each([
		['another host', () => `${stranger.url}/api/tags/`],
		['a longer host', () => `${sandbox.url}.example/api/tags/`],
		[
			'its host as a user name',
			() => stranger.url.replace('//', `//${new URL(sandbox.url).host}@`),
		],
		['a longer port', () => `${sandbox.url}0/api/`],
		['no host', () => '/api/tags/'],
	])('sends the token to no other address: %s', async (_, url) => {
		for (const helper of ['request', 'httpRequest']) {
			const { error, saved } = await send({ helper, method: 'GET', url: url() });

			expect(error?.message).toBe('This credential is only for its own Paperless-ngx');
			expect(error?.description).toContain(`addresses below ${sandbox.url}/`);
			expect(saved).not.toContain(sandbox.tokens.admin);
		}
		expect(stranger.heard).toEqual([]);
	});

	it.each(['/other/api/tags/', '/paper/../other/', '/paper/%2e%2e/other/', '/paperless/'])(
		'sends the token to no other path than those below the Base URL: %s',
		async (path) => {
			const baseUrl = `${stranger.url}/paper/api`;

			const { error } = await send({ method: 'GET', url: stranger.url + path }, { baseUrl });

			expect(error?.message).toBe('This credential is only for its own Paperless-ngx');
			expect(stranger.heard).toEqual([]);
		},
	);

	it.each(['request', 'httpRequest'])(
		'sends the token to no host to which its server redirects (%s)',
		async (helper) => {
			const location = `${stranger.url}/api/tags/`;
			const door = await Stub.start(() => ({ status: 302, headers: { location }, body: '' }));
			const [heardBefore] = [stranger.heard.length];

			await send({ helper, method: 'GET', url: `${door.url}/api/tags/` }, { baseUrl: door.url });
			await door.close();

			expect(door.heard[0]?.headers['authorization']).toContain(sandbox.tokens.admin);
			const followed = stranger.heard.splice(heardBefore);
			expect(JSON.stringify(followed)).not.toContain(sandbox.tokens.admin);
		},
	);

	it('sends the token through no proxy that the node chooses', async () => {
		const url = `${sandbox.url}/api/tags/`;

		const { error } = await send({ method: 'GET', url, proxy: stranger.url });

		expect(error?.message).toBe('This credential is only for its own Paperless-ngx');
		expect(stranger.heard).toEqual([]);
	});

	it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'post'])(
		'does not write with Read Only: %s',
		async (method) => {
			const before = await sandbox.requests();
			for (const helper of ['request', 'httpRequest']) {
				const url = `${sandbox.url}/api/tags/1/`;
				const { error } = await send({ helper, method, url, ...tag }, { readOnly: true });

				expect(error?.message).toBe('The credential is set to Read Only');
				expect(error?.description).toContain(`${method.toUpperCase()} may change the archive`);
			}
			expect(await sandbox.requests()).toHaveLength(before.length);
		},
	);

	it.each(['oauth/callback/?code=1', 'oauth/callback', '%6f%61uth/callback/', '/oauth/callback/'])(
		'does not read with Read Only where reading writes: %s',
		async (path) => {
			const before = await sandbox.requests();
			const url = `${sandbox.url}/api/${path}`;

			const { error } = await send({ method: 'GET', url }, { readOnly: true });

			expect(error?.message).toBe('The credential is set to Read Only');
			expect(await sandbox.requests()).toHaveLength(before.length);
		},
	);

	it('reads with Read Only, also what the server wants as a POST', async () => {
		const readOnly = true;

		const tags = await send({ method: 'GET', url: `${sandbox.url}/api/tags/` }, { readOnly });
		const url = `${sandbox.url}/api/documents/selection_data/`;
		const body = { json: true, body: { documents: [2] } };
		const selection = await send({ method: 'POST', url, ...body }, { readOnly });

		expect(tags.error).toBeUndefined();
		expect(selection.error).toBeUndefined();
	});

	it('is given to no node but those of this package', () => {
		expect(types.credential.restrictToSupportedNodes).toBe(true);
	});
});
