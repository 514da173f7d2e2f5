import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { answeringClient } from '../../support/answeringClient.mts';
import { refusalOf, text } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

describe('A question to the AI of the server', () => {
	it('returns the answer as text, with the references that follow it', async () => {
		const { client, transport } = answeringClient(
			text('It ends in June.\n\n__PAPERLESS_CHAT_METADATA__{"references":[{"id":3}]}'),
		);

		const reply = await client.documents.ask('When does the lease end?', 3);

		expect(reply).toEqual({ answer: 'It ends in June.', references: { references: [{ id: 3 }] } });
		expect(transport.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: 'api/documents/chat/',
			body: { json: { q: 'When does the lease end?', document_id: 3 } },
		});
	});

	it('returns an answer without references unchanged', async () => {
		const { client } = answeringClient(text('Nothing is known of that.'));

		expect(await client.documents.ask('Why?')).toEqual({
			answer: 'Nothing is known of that.',
			references: null,
		});
	});

	it('is rejected in the words of a server whose AI is off', async () => {
		const { client } = answeringClient(text('AI is required for this feature', 400));

		const refusal = await refusalOf(client.documents.ask('Why?'), PaperlessError);

		expect(refusal.message).toBe('AI is required for this feature');
	});
});
