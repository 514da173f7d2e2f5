import { normalizeBaseUrl } from '../../../nodes/api/normalizeBaseUrl';
import { refusalOf } from '../../support/fakeTransport.mts';
import { PaperlessError } from '../../../nodes/api/errors';

describe('The Base URL', () => {
	it.each([
		['https://paperless.example.com', 'https://paperless.example.com'],
		['https://paperless.example.com/', 'https://paperless.example.com'],
		['  http://192.168.1.5:8000  ', 'http://192.168.1.5:8000'],
		['https://host/api', 'https://host'],
		['https://host/api/', 'https://host'],
		['https://host/api/schema/view/', 'https://host'],
		['https://host/dashboard', 'https://host'],
		['https://host/accounts/login/?next=/dashboard', 'https://host'],
		['https://host/paperless', 'https://host/paperless'],
		['https://host/paperless//', 'https://host/paperless'],
		['https://host/paperless/api/', 'https://host/paperless'],
		['https://host/apiary', 'https://host/apiary'],
		['HTTPS://HOST.example.COM:443/Archive', 'https://host.example.com/Archive'],
		['https://clara:secret@host/', 'https://host'],
		['http://[fd00::1]:8000/', 'http://[fd00::1]:8000'],
		['https://host/?query=1#fragment', 'https://host'],
	])('typed as %s becomes %s', (typed, normalised) => {
		expect(normalizeBaseUrl(typed)).toBe(normalised);
	});

	it.each(['ftp://clara:secret@host', 'clara:se/c@ret@host', 'http//clara:secret@host'])(
		'that cannot be used is repeated without its login: %s',
		async (typed) => {
			const attempt = async () => normalizeBaseUrl(typed);

			const { description } = await refusalOf(attempt(), PaperlessError);

			expect(description).toContain('@host');
			expect(description).not.toMatch(/clara|ret/);
		},
	);

	it.each(['', 'paperless.example.com', 'ftp://host', 'http://', 'https:///api', 'http://a b'])(
		'typed as “%s” is rejected with an example',
		(typed) => {
			const attempt = () => normalizeBaseUrl(typed);

			expect(attempt).toThrow(PaperlessError);
			expect(attempt).toThrow('not a web address');
		},
	);
});
