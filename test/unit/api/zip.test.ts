import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { answeringClient } from '../../support/answeringClient.mts';
import { json, readAll, refusalOf, text } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const zip = { content: 'both', compression: 'none', follow_formatting: false } as const;

describe('A ZIP of documents', () => {
	it('is a stream', async () => {
		const { transport, client } = answeringClient(text('PK'));

		expect(await readAll(await client.documents.zip([3, 4], zip))).toBe('PK');
		expect(transport.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: 'api/documents/bulk_download/',
			body: { json: { documents: [3, 4], ...zip } },
		});
	});

	it('that is rejected has the server’s reason', async () => {
		const { client } = answeringClient(json({ documents: ['Some documents don’t exist.'] }, 400));

		const refusal = await refusalOf(client.documents.zip([3], zip), PaperlessError);

		expect(refusal.fields).toEqual({ documents: 'Some documents don’t exist.' });
	});
});
