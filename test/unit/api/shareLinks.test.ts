import { forgetServers } from '../../../nodes/api/connection';
import { answeringClient } from '../../support/answeringClient.mts';
import { json, page } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const link = { id: 1, slug: 'abc', created: '2024-05-31', file_version: 'archive' };

describe('Share links', () => {
	it('of a document include the document', async () => {
		const { transport, client } = answeringClient(json([link]));

		expect(await client.shareLinks.ofDocument(3)).toEqual([{ ...link, document: 3 }]);
		expect(transport.lines).toEqual(['GET api/documents/3/share_links/']);
	});

	it('are listed in pages', async () => {
		const { client } = answeringClient(page([{ ...link, document: 3 }]));

		expect(await client.shareLinks.list({}, { pageSize: 10 })).toHaveLength(1);
	});
});
