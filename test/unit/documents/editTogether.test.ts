import { forgetServers } from '../../../nodes/api/connection';
import type { BulkEdit } from '../../../nodes/api/bulkEdit';
import type { HttpRequest } from '../../../nodes/api/httpTransport';
import { editTogether } from '../../../nodes/documents/editTogether';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, json, page, text } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const deletion: BulkEdit = { method: 'delete', parameters: {} };
const reprocessing: BulkEdit = { method: 'reprocess', parameters: {} };

const idsOf = ({ body }: HttpRequest) =>
	body && 'json' in body ? (body.json as { documents: number[] }).documents : [];

/** A server with the documents 1 to 3, of which the user may not change 3; some survive deletion. */
function archive(survivors: readonly number[] = []) {
	let present = [1, 2, 3];
	const transport = new FakeTransport((request) => {
		if (request.method === 'GET') {
			const asked = (request.query?.id__in ?? '').split(',').map(Number);
			return page(present.filter((id) => asked.includes(id)).map((id) => ({ id })));
		}
		const single = /documents\/(\d+)\/$/.exec(request.path)?.[1];
		const ids = single === undefined ? idsOf(request) : [Number(single)];
		if (ids.some((id) => id > 3)) return json({ documents: ['Some documents don’t exist'] }, 400);
		if (ids.includes(3)) return json({ detail: 'No.' }, 403);
		if (request.method === 'DELETE' || JSON.stringify(request.body).includes('"delete"'))
			present = present.filter((id) => !ids.includes(id) || survivors.includes(id));
		return single === undefined ? json({ result: 'OK' }) : text('', 204);
	});
	const messages = async (ids: number[], edit: BulkEdit) => {
		const refusals = await editTogether(contextOn(transport).api, ids, edit);
		return Object.fromEntries([...refusals].map(([id, { message }]) => [id, message]));
	};
	const writes = () => transport.requests.filter(({ method }) => method !== 'GET');
	return { writes, messages };
}

describe('An edit of several documents', () => {
	it('takes one request', async () => {
		const { writes, messages } = archive();

		expect(await messages([1, 2, 1], reprocessing)).toEqual({});
		expect(writes().map(idsOf)).toEqual([[1, 2]]);
	});

	it('is repeated without the documents that do not exist', async () => {
		const { writes, messages } = archive();

		expect(await messages([1, 9, 2], reprocessing)).toEqual({ 9: 'There is no document 9' });
		expect(writes().map(idsOf)).toEqual([
			[1, 9, 2],
			[1, 2],
		]);
	});

	it('is made one by one if the user may not change all of them', async () => {
		const { messages } = archive();

		expect(await messages([1, 2, 3], reprocessing)).toEqual({
			3: 'The token’s user may not do this',
		});
	});

	it('verifies a deletion, because the server reports success in any case', async () => {
		const { messages } = archive([2]);

		expect(await messages([1, 2], deletion)).toEqual({ 2: 'Document 2 was not deleted' });
	});

	it('uses the route of a document to delete it alone', async () => {
		const { writes, messages } = archive();

		expect(await messages([1], deletion)).toEqual({});
		expect(writes()).toMatchObject([{ method: 'DELETE', path: 'api/documents/1/' }]);
	});
});
