import { connectionSettings } from '../../../nodes/toolkit/connectionSettings';

const credentials = { baseUrl: 'https://paperless.test/archive/api/', apiToken: 'secret-token' };

describe('The settings of a credential', () => {
	it('include the custom headers, one per line', () => {
		const secretHeaders = 'CF-Access-Client-Id: 1234.access\r\n\n  X-Key :  a: b  \nX-Empty:';

		expect(connectionSettings({ ...credentials, secretHeaders }).headers).toEqual({
			'CF-Access-Client-Id': '1234.access',
			'X-Key': 'a: b',
			'X-Empty': '',
		});
	});

	it.each([
		'no colon',
		': value',
		'a b: c',
		'Authorization: Basic xyz',
		'authorization:x',
		'accept: text/html',
		'CONTENT-TYPE: text/plain',
		'Transfer-Encoding: chunked',
		'Host: elsewhere.test',
		'connection: close',
		'Keep-Alive: timeout=5',
		'Expect: 100-continue',
		'Upgrade: websocket',
		'TE: trailers',
		'Trailer: X-End',
		'Proxy-Authorization: Basic abc',
		'X-Ümlaut: a',
	])('reject the header line “%s” without showing it', (secretHeaders) => {
		const attempt = () => connectionSettings({ ...credentials, secretHeaders });

		expect(attempt).toThrow('“Custom Headers” contains an invalid line');
		expect(attempt).not.toThrow(secretHeaders);
	});

	const body = 'MIIB\nAAAA\nBBBB';
	const whole = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

	it.each([
		['with its lines', whole],
		['in a single line', whole.replace(/\n/g, ' ')],
		['with escaped line breaks', whole.replace(/\n/g, '\\n')],
		['with the line breaks of Windows', whole.replace(/\n/g, '\r\n')],
	])('accept a certificate %s', (_, caCertificate) => {
		expect(connectionSettings({ ...credentials, caCertificate }).tls.ca?.trim()).toBe(whole);
	});

	it('accept a chain of certificates', () => {
		const caCertificate = `${whole} ${whole}`.replace(/\n/g, ' ');

		expect(connectionSettings({ ...credentials, caCertificate }).tls.ca).toBe(`${whole} ${whole}`);
	});

	it('name every secret that no message may show', () => {
		const { secrets } = connectionSettings({
			...credentials,
			secretHeaders: 'X-Key: header-secret',
			clientPrivateKey: 'first-line\nsecond-line',
		});

		expect(secrets).toEqual(
			expect.arrayContaining(['secret-token', 'header-secret', 'first-line', 'second-line']),
		);
	});

	it('are rejected without a Base URL', () => {
		expect(() => connectionSettings({})).toThrow('The Base URL is not a web address');
	});
});
