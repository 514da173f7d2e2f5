import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import { documentId } from '../../../nodes/documents/documentParameter';
import { FakeTransport, recordedWait, refusalOf } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const idOf = async (value: string, baseUrl: string, webUrl = baseUrl) => {
	const transport = Object.assign(new FakeTransport([]), { baseUrl, webUrl });
	return await documentId(paperlessClient(transport, recordedWait().wait), { mode: 'url', value });
};

const home = 'http://paperless:8000/archive';
const publicUrl = 'https://docs.example.com';

describe('A document by its address', () => {
	it.each([
		`${home}/documents/5`,
		`${home}/documents/5/`,
		`${home}/documents/5/details`,
		`${home}/documents/5/details?page=2#top`,
		`${home}/documents/5?a=b`,
		`${home}/documents/5#notes`,
		`${home}/api/documents/5/download/`,
		'https://PAPERLESS:8000/archive/documents/5',
		'paperless:8000/archive/documents/5',
		`${publicUrl}/documents/5/details`,
		'docs.example.com/documents/5',
		'5',
	])('is found at %s', async (address) => {
		expect(await idOf(address, home, publicUrl)).toBe(5);
	});

	it.each([
		'https://elsewhere.example/documents/5',
		'http://paperless:8000/documents/5',
		'http://paperless:8001/archive/documents/5',
		'http://paperless:8000/archive2/documents/5',
		`${publicUrl}/other/documents/5`,
		'https://elsewhere.example/?next=http://paperless:8000/archive/documents/5',
		'elsewhere.example/documents/5',
	])('of another server is rejected: %s', async (address) => {
		const refusal = await refusalOf(idOf(address, home, publicUrl), PaperlessError);

		expect(refusal.message).toMatch(/not (a document of this server|the address of a document)/);
	});

	it('of another server is rejected with the addresses of this one', async () => {
		const address = 'https://elsewhere.example/documents/5';

		expect(await refusalOf(idOf(address, home, publicUrl), PaperlessError)).toMatchObject({
			message: `“${address}” is not a document of this server`,
			description: expect.stringContaining(`${home} and ${publicUrl}`),
			parameter: 'document',
		});
	});

	it.each([`${home}/documents/5abc`, `${home}/tags/5`, 'soon'])(
		'is not read from %s',
		async (address) => {
			const refusal = await refusalOf(idOf(address, home), PaperlessError);

			expect(refusal.kind).toBe('invalid');
		},
	);
});
