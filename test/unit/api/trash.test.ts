import { forgetServers } from '../../../nodes/api/connection';
import { answeringClient } from '../../support/answeringClient.mts';
import { json } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

describe('The trash', () => {
	it('accepts only named ids', async () => {
		const { transport, client } = answeringClient(json('OK'));

		await client.trash.act('restore', [3, 4]);

		expect(transport.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: 'api/trash/',
			body: { json: { action: 'restore', documents: [3, 4] } },
		});
	});

	it('cannot be emptied without naming ids', () => {
		const { client } = answeringClient(json('OK'));
		const act = (ids: [number]) => async () => await client.trash.act('empty', ids);

		// @ts-expect-error without ids the server would delete everything
		expect(act([])).toBeInstanceOf(Function);
	});
});
