import { forgetServers } from '../../../../nodes/api/connection';
import type { HttpRequest } from '../../../../nodes/api/httpTransport';
import { deleteDocuments } from '../../../../nodes/documents/edit/deleteDocuments';
import { contextOn } from '../../../support/context.mts';
import {
	FakeTransport,
	json,
	page,
	text,
	versionHeaders,
} from '../../../support/fakeTransport.mts';

beforeEach(forgetServers);

const versionsOf = (id: number) => (id === 2 ? [{ id: 9 }, { id: 2 }] : [{ id }]);

/** A server with the documents 1 to 3, of which 2 has a version; some survive a deletion. */
function archive(version: string, survivors: readonly number[] = []) {
	const headers = { ...versionHeaders['3.0'], 'x-version': version };
	let present = [1, 2, 3];
	const answer = ({ method, path, query, body }: HttpRequest) => {
		if (path.endsWith('/root/')) return json({ detail: 'Not found.' }, 404, headers);
		if (path.endsWith('next_asn/')) return json(1, 200, headers);
		if (method === 'GET') {
			const asked = (query?.id__in ?? '').split(',').map(Number);
			const found = present.filter((id) => asked.includes(id));
			return {
				...page(found.map((id) => ({ id, versions: versionsOf(id) }))),
				headers,
			};
		}
		const single = /documents\/(\d+)\/$/.exec(path)?.[1];
		const bulk = body && 'json' in body ? (body.json as { documents: number[] }).documents : [];
		const ids = single === undefined ? bulk : [Number(single)];
		present = present.filter((id) => !ids.includes(id) || survivors.includes(id));
		return single === undefined ? json({ result: 'OK' }, 200, headers) : text('', 204, headers);
	};
	const transport = new FakeTransport(answer);
	const refusals = async (...ids: number[]) => {
		const found = await deleteDocuments(contextOn(transport).api, ids);
		return Object.fromEntries([...found].map(([id, { message }]) => [id, message]));
	};
	const writes = () =>
		transport.requests
			.filter(({ method }) => method !== 'GET')
			.map(({ method, path }) => `${method} ${path}`);
	return { refusals, writes };
}

describe('A deletion of documents', () => {
	it('takes those with versions one by one before 3.2', async () => {
		const { refusals, writes } = archive('3.1.3');

		expect(await refusals(1, 2, 3)).toEqual({});
		expect(writes()).toEqual(['POST api/documents/bulk_edit/', 'DELETE api/documents/2/']);
	});

	it('takes all of them together from 3.2 on', async () => {
		const { refusals, writes } = archive('3.2.0');

		expect(await refusals(1, 2, 3)).toEqual({});
		expect(writes()).toEqual(['POST api/documents/delete/']);
	});

	it('finds the documents that are still there', async () => {
		const one = archive('3.0.5', [2]);
		const several = archive('3.0.5', [2, 3]);

		expect(await one.refusals(2)).toEqual({ 2: 'Document 2 was not deleted' });
		expect(await several.refusals(1, 2, 3)).toEqual({
			2: 'Document 2 was not deleted',
			3: 'Document 3 was not deleted',
		});
	});

	it('sends nothing for documents that do not exist', async () => {
		const { refusals, writes } = archive('3.0.5');

		expect(await refusals(1, 7)).toEqual({ 7: 'There is no document 7' });
		expect(writes()).toEqual(['DELETE api/documents/1/']);
	});
});
