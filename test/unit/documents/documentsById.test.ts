import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { chunks, documentsById, orMissing } from '../../../nodes/documents/documentsById';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, page, refusalOf } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

/** A server that has the documents with even ids. */
function archive() {
	const transport = new FakeTransport(({ query }) => {
		const ids = (query?.id__in ?? '').split(',').map(Number);
		return page(ids.filter((id) => id % 2 === 0).map((id) => ({ id })));
	});
	return { transport, api: contextOn(transport).api };
}

const askedFor = ({ requests }: FakeTransport) => requests.map(({ query }) => query?.id__in);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('Documents by id', () => {
	it('are those that exist', async () => {
		const { api } = archive();

		const found = await documentsById(api, [1, 2, 4], { fields: 'id' });

		expect([...found.keys()]).toEqual([2, 4]);
	});

	it('are requested once each, in chunks of 500', async () => {
		const { api, transport } = archive();

		await documentsById(api, [...upTo(501), 1, 2], { fields: 'id' });

		expect(askedFor(transport)).toEqual([upTo(500).join(','), '501']);
	});

	it('are limited to the ids of the query', async () => {
		const { api, transport } = archive();

		await documentsById(api, [2, 4, 6], { fields: 'id', id__in: '4,6,8' });

		expect(askedFor(transport)).toEqual(['4,6']);
	});

	it('take no request if there are no ids', async () => {
		const { api, transport } = archive();

		await documentsById(api, [], { fields: 'id' });
		await documentsById(api, [2], { fields: 'id', id__in: '4' });

		expect(transport.requests).toEqual([]);
	});
});

describe('A rejected request about documents', () => {
	const rejected = (kind: 'invalid' | 'unavailable') => async () => {
		throw new PaperlessError(kind, 'Some words of the server');
	};

	it('names the document that is missing', async () => {
		const { api } = archive();

		const error = await refusalOf(
			orMissing(api, [2, 3], 'documentIds', rejected('invalid')),
			PaperlessError,
		);

		expect(error.message).toBe('There is no document 3');
		expect(error.parameter).toBe('documentIds');
	});

	it.each([
		['no document is missing', [2, 4], 'invalid'],
		['the server was not available', [2, 3], 'unavailable'],
	] as const)('keeps the words of the server if %s', async (_, ids, kind) => {
		const { api } = archive();

		await expect(orMissing(api, ids, 'documentIds', rejected(kind))).rejects.toThrow(
			'Some words of the server',
		);
	});
});

describe('Chunks', () => {
	it('keep the order and all entries', () => {
		expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
		expect(chunks([], 2)).toEqual([]);
	});
});
