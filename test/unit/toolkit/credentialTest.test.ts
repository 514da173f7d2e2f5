import type { ICredentialTestFunctions } from 'n8n-workflow';
import { forgetServers } from '../../../nodes/api/connection';
import { testCredential } from '../../../nodes/toolkit/credentialTest';
import { versionHeaders } from '../../support/fakeTransport.mts';

type Options = { uri: string; headers: Record<string, string> };

const data = { baseUrl: 'https://paperless.test', apiToken: ' Token secret-token ' };

function contextWith(answer: () => unknown) {
	const sent: Options[] = [];
	const request = async (options: Options) => {
		sent.push(options);
		return await Promise.resolve(answer());
	};
	return { sent, context: { helpers: { request } } as unknown as ICredentialTestFunctions };
}

const reply = (statusCode: number, body: unknown, headers: Record<string, string> = {}) => ({
	statusCode,
	body,
	headers: { ...versionHeaders['2.20'], ...headers },
});

beforeEach(forgetServers);

describe('The test of a credential', () => {
	it('succeeds for a server that answers, and names the version', async () => {
		const { sent, context } = contextWith(() => reply(200, '[{"id":1}]'));

		expect(await testCredential(context, data)).toEqual({
			status: 'OK',
			message: 'Connected to Paperless-ngx 2.20.15',
		});
		expect(sent[0]).toMatchObject({
			uri: 'https://paperless.test/api/config/',
			headers: { Authorization: 'Token secret-token' },
			followRedirect: false,
			simple: false,
		});
	});

	it('succeeds where the helper has already parsed the reply', async () => {
		const { context } = contextWith(() => reply(200, [{ id: 1 }]));

		expect(await testCredential(context, data)).toMatchObject({ status: 'OK' });
	});

	it.each([
		['a wrong token', () => reply(401, '{"detail":"Invalid token."}'), 'does not accept the token'],
		['a login page', () => reply(302, '', { location: '/accounts/login/' }), 'login page'],
		[
			'a proxy that rejects the request',
			() => reply(403, '<html><title>Forbidden</title></html>'),
			'A proxy in front',
		],
		['another website', () => reply(200, '<html></html>'), 'web page instead of data'],
		[
			'a server that is too old',
			() => reply(200, '[]', { 'x-version': '2.14.1' }),
			'needs Paperless-ngx 2.15',
		],
		[
			'a server that does not answer',
			async () => await Promise.reject(Object.assign(new Error('connect'), { code: 'ENOTFOUND' })),
			'host name',
		],
		[
			'a certificate that is not trusted',
			async () => await Promise.reject(new Error('self-signed certificate')),
			'not trusted',
		],
	])('names %s', async (_, answer, words) => {
		const { context } = contextWith(answer);

		const { status, message } = await testCredential(context, data);

		expect(status).toBe('Error');
		expect(message).toContain(words);
		expect(message).not.toContain('secret-token');
	});

	it('shows no secret and no tag that a reply repeats', async () => {
		const detail = '<b>X-Door: open-sesame, Authorization: Token secret-token</b>';
		const { context } = contextWith(() => reply(400, JSON.stringify({ detail })));

		const { message } = await testCredential(context, {
			...data,
			secretHeaders: 'X-Door: open-sesame',
		});

		expect(message).toContain('X-Door');
		expect(message).not.toMatch(/secret-token|open-sesame|<b>/);
	});

	it('sends no request without a token', async () => {
		const { sent, context } = contextWith(() => reply(200, '[]'));

		const { message } = await testCredential(context, { ...data, apiToken: ' ' });

		expect(message).toContain('The API Token is empty');
		expect(sent).toEqual([]);
	});

	it('sends no request where the Base URL is not an address', async () => {
		const { sent, context } = contextWith(() => reply(200, '[]'));

		const { message } = await testCredential(context, { ...data, baseUrl: 'paperless' });

		expect(message).toContain('The Base URL is not a web address');
		expect(sent).toEqual([]);
	});
});
