import { forgetServers } from '../../../nodes/api/connection';
import { answeringClient } from '../../support/answeringClient.mts';
import { json } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const mail = { addresses: 'a@example.com', subject: 'Fee', message: '', use_archive_version: true };

describe('An e-mail', () => {
	it('is one message with several documents from 2.19 on', async () => {
		const { transport, client } = answeringClient(json({}), '2.20');

		await client.documents.email([3, 4], mail);

		expect(transport.requests.at(-1)).toMatchObject({
			path: 'api/documents/email/',
			body: { json: { documents: [3, 4], ...mail } },
		});
	});

	it('is one message per document before 2.19', async () => {
		const { transport, client } = answeringClient([json({}), json({})], '2.18');

		await client.documents.email([3, 4], mail);

		expect(transport.lines.slice(1)).toEqual([
			'POST api/documents/3/email/',
			'POST api/documents/4/email/',
		]);
	});
});
