import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { answeringClient } from '../../support/answeringClient.mts';
import { json, refusalOf } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

describe('Notes', () => {
	const note = { id: 1, note: 'Paid', created: '2024-05-31T10:00:00Z' };

	it.each([
		[
			{ id: 2, username: 'clara' },
			{ userId: 2, username: 'clara' },
		],
		[2, { userId: 2, username: null }],
		[null, { userId: null, username: null }],
		[undefined, { userId: null, username: null }],
	])('have the author %j in one format for every server', async (user, author) => {
		const { transport, client } = answeringClient(json([{ ...note, user }]));

		expect(await client.notes.list(3)).toEqual([{ ...note, ...author }]);
		expect(transport.lines).toEqual(['GET api/documents/3/notes/']);
	});

	it('that are created have the highest id', async () => {
		const { client } = answeringClient(
			json([note, { ...note, id: 9, note: 'New' }, { ...note, id: 4 }]),
		);

		expect(await client.notes.create(3, 'New')).toMatchObject({ id: 9, note: 'New' });
	});

	it('that the server did not save are rejected despite the status 200', async () => {
		const { client } = answeringClient(json({ error: 'Error saving note' }));

		const refusal = await refusalOf(client.notes.create(3, ''), PaperlessError);

		expect(refusal.message).toBe('Error saving note');
	});

	it('are deleted by their id', async () => {
		const { transport, client } = answeringClient(json([]));

		await client.notes.delete(3, 9);

		expect(transport.lines.at(-1)).toBe('DELETE api/documents/3/notes/?id=9');
	});
});
