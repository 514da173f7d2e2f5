import { forgetServers } from '../../../nodes/api/connection';
import { restoreDocuments } from '../../../nodes/PaperlessNgx/resources/trash/restoreDocuments';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, json, page, text } from '../../support/fakeTransport.mts';

type Row = { id: number; root_document: number | null; deleted_at: string };

const root: Row = { id: 26, root_document: null, deleted_at: '2026-11-22T10:00:00.100000Z' };
const version: Row = { id: 27, root_document: 26, deleted_at: '2026-11-22T10:00:01.500000Z' };
const headers = { 'x-version': '3.2.1', 'x-api-version': '10' };

type Server = {
	/** What the trash lists while the document is in it. */
	listed: Row[];
	/** Ids that the server silently leaves in the trash. */
	stubborn?: number[];
	mayList?: boolean;
};

/** A server with the document 26 and its version 27 in the trash. */
function server({ listed, stubborn = [], mayList = true }: Server) {
	let trash = [root, version];
	const isIn = (id: number) => trash.some((row) => row.id === id);
	return new FakeTransport(({ method, path, body }) => {
		if (path === 'api/trash/' && method === 'GET') return page(isIn(26) ? listed : trash);
		if (path === 'api/trash/') {
			const { documents } = (body as { json: { documents: number[] } }).json;
			const known = isIn(26) ? listed : trash;
			if (!documents.every((id) => known.some((row) => row.id === id)))
				return json({ documents: ['Restore the root document.'] }, 400);
			trash = trash.filter(({ id }) => !documents.includes(id) || stubborn.includes(id));
			return json({ result: 'OK', doc_ids: documents });
		}
		if (path === 'api/documents/27/root/') return json({ root_id: 26 });
		if (path !== 'api/documents/') return json(12, 200, headers);
		if (!mayList) return text('Insufficient permissions', 403);
		return page(
			isIn(26) ? [] : [{ id: 26, versions: isIn(27) ? [{ id: 26 }] : [{ id: 27 }, { id: 26 }] }],
		);
	});
}

const restored = [[{ json: { id: 26, restored: true } }]];

beforeEach(forgetServers);

describe('Restoring a document that has versions', () => {
	it('restores versions that the server lists only afterwards', async () => {
		const transport = server({ listed: [root] });

		expect(await restoreDocuments(contextOn(transport), ['26'])).toEqual(restored);
		expect(
			transport.requests.filter(({ method }) => method === 'POST').map(({ body }) => body),
		).toEqual([
			{ json: { action: 'restore', documents: [26] } },
			{ json: { action: 'restore', documents: [27] } },
		]);
	});

	it('names the versions together with the document where the server lists them', async () => {
		const transport = server({ listed: [root, version] });

		expect(await restoreDocuments(contextOn(transport), ['26', '26'])).toEqual([
			...restored,
			...restored,
		]);
		expect(transport.requests.find(({ method }) => method === 'POST')?.body).toEqual({
			json: { action: 'restore', documents: [26, 27] },
		});
	});

	it('reports a version that the server left in the trash', async () => {
		const transport = server({ listed: [root, version], stubborn: [27] });

		expect(await restoreDocuments(contextOn(transport), ['26'])).toMatchObject([
			{
				message: 'Document 26 was restored without all versions',
				description: expect.stringContaining('still in the trash: 27'),
			},
		]);
	});

	it('reports a document that the server left in the trash', async () => {
		const transport = server({ listed: [root, version], stubborn: [26] });

		expect(await restoreDocuments(contextOn(transport), ['26'])).toMatchObject([
			{ message: 'Document 26 was not restored' },
		]);
	});

	it.each([
		[[], restored],
		[[27], [{ message: 'Document 26 was restored without all versions' }]],
	])('is seen in the trash by a user who may not list documents: %j', async (stubborn, outcome) => {
		const transport = server({ listed: [root, version], stubborn, mayList: false });

		expect(await restoreDocuments(contextOn(transport), ['26'])).toMatchObject(outcome);
	});

	it('refuses a version that the trash does not list with its document', async () => {
		const transport = server({ listed: [root] });

		expect(await restoreDocuments(contextOn(transport), ['27', '26'])).toMatchObject([
			{ message: 'Document 27 is a version of document 26' },
			...restored,
		]);
	});
});
