import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import type { HttpRequest } from '../../../nodes/api/httpTransport';
import {
	FakeTransport,
	json,
	page,
	recordedWait,
	refusalOf,
} from '../../support/fakeTransport.mts';

const clientFor = (transport: FakeTransport) => paperlessClient(transport, recordedWait().wait);
const rows = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => ({
		id: from + index,
		name: `Tag ${from + index}`,
	}));
const idsOf = (entities: Array<{ id: number }>) => entities.map(({ id }) => id);

/** A server with this many tags, which answers any page of any size. */
const archiveOf = (count: number) => {
	const all = rows(1, count);
	return ({ query = {} }: HttpRequest) => {
		const size = Number(query.page_size);
		const start = (Number(query.page) - 1) * size;
		return page(all.slice(start, start + size), { count, next: start + size < count });
	};
};

beforeEach(forgetServers);

describe('A list', () => {
	it('of one page is one request', async () => {
		const transport = new FakeTransport([page(rows(1, 2))]);

		const tags = await clientFor(transport).tags.list({ name__icontains: 'a' }, { pageSize: 100 });

		expect(idsOf(tags)).toEqual([1, 2]);
		expect(transport.lines).toEqual(['GET api/tags/?name__icontains=a&page=1&page_size=100']);
	});

	it('is read by page numbers, whatever the server names as the next page', async () => {
		const transport = new FakeTransport(archiveOf(5));

		await clientFor(transport).tags.list({}, { pageSize: 2 });

		expect(transport.lines).toEqual([
			'GET api/tags/?page=1&page_size=2',
			'GET api/tags/?page=2&page_size=2',
			'GET api/tags/?page=3&page_size=2',
		]);
	});

	it('of many pages is read a few at a time and keeps the order of the server', async () => {
		const transport = new FakeTransport(archiveOf(19));

		const tags = await clientFor(transport).tags.list({}, { pageSize: 2 });

		expect(idsOf(tags)).toEqual(idsOf(rows(1, 19)));
		expect(transport.atOnce).toBe(4);
	});

	it('ends at the limit and requests no page beyond it', async () => {
		const transport = new FakeTransport(archiveOf(100));

		const tags = await clientFor(transport).tags.list({}, { pageSize: 10, limit: 15 });

		expect(idsOf(tags)).toEqual(idsOf(rows(1, 15)));
		expect(transport.requests).toHaveLength(2);
	});

	it('with a limit below the page size requests only the wanted rows', async () => {
		const transport = new FakeTransport(archiveOf(100));

		const tags = await clientFor(transport).tags.list({}, { pageSize: 50, limit: 3 });

		expect(idsOf(tags)).toEqual([1, 2, 3]);
		expect(transport.lines).toEqual(['GET api/tags/?page=1&page_size=3']);
	});

	it('with the limit 0 sends no request', async () => {
		const transport = new FakeTransport([]);

		expect(await clientFor(transport).tags.list({}, { pageSize: 10, limit: 0 })).toEqual([]);
		expect(transport.requests).toEqual([]);
	});

	it('contains repeated rows only once', async () => {
		const repeated = [...rows(1, 2), ...rows(1, 2), ...rows(3, 3)];
		const transport = new FakeTransport([page(repeated)]);

		const tags = await clientFor(transport).tags.list({}, { pageSize: 100 });

		expect(idsOf(tags)).toEqual([1, 2, 3]);
	});

	it('is read up to the limit when the server repeats rows', async () => {
		const twice = (id: number) => [...rows(id, id), ...rows(id, id)];
		const transport = new FakeTransport([
			page(twice(1), { count: 6, next: true }),
			page(twice(2), { count: 6, next: true }),
			page(twice(3), { count: 6 }),
		]);

		const tags = await clientFor(transport).tags.list({}, { pageSize: 100, limit: 2 });

		expect(idsOf(tags)).toEqual([1, 2]);
		expect(transport.requests).toHaveLength(2);
	});

	it('is read again when its count changes, and has the rows of the second reading', async () => {
		const transport = new FakeTransport([
			page(rows(1, 2), { count: 4, next: true }),
			page(rows(4, 4), { count: 3 }),
			page([{ id: 5, name: 'New' }, ...rows(2, 2)], { count: 4, next: true }),
			page(rows(3, 4), { count: 4 }),
		]);

		const tags = await clientFor(transport).tags.list({}, { pageSize: 2 });

		expect(idsOf(tags)).toEqual([5, 2, 3, 4]);
	});

	it('that loses its last page while it is read is read again', async () => {
		const transport = new FakeTransport([
			page(rows(1, 2), { count: 3, next: true }),
			json({ detail: 'Invalid page.' }, 404),
			page(rows(1, 2), { count: 2 }),
		]);

		const tags = await clientFor(transport).tags.list({}, { pageSize: 2 });

		expect(idsOf(tags)).toEqual([1, 2]);
	});

	it('that keeps changing ends after three readings, with all rows seen', async () => {
		let asked = 0;
		const transport = new FakeTransport(({ query = {} }) => {
			asked += 1;
			const first = query.page === '1';
			return page(first ? rows(1, 2) : rows(2 + asked, 2 + asked), {
				count: 2 + asked,
				next: first,
			});
		});

		const tags = await clientFor(transport).tags.list({}, { pageSize: 2 });

		expect(idsOf(tags).slice(0, 2)).toEqual([1, 2]);
		expect(new Set(idsOf(tags)).size).toBe(tags.length);
		expect(transport.requests.filter(({ query }) => query?.page === '1')).toHaveLength(3);
	});

	it('with an absurd number of rows is refused after one request', async () => {
		const transport = new FakeTransport(() => page(rows(1, 1), { count: 1e12, next: true }));

		const refusal = await refusalOf(
			clientFor(transport).tags.list({}, { pageSize: 10_000 }),
			PaperlessError,
		);

		expect(refusal.kind).toBe('unexpectedReply');
		expect(transport.requests).toHaveLength(1);
	});

	it.each([
		['a limit', 50],
		['no limit', undefined],
	])('that always has a next page with the same row ends, with %s', async (_, limit) => {
		const transport = new FakeTransport(() => page(rows(1, 1), { count: 9_999_999, next: true }));

		const tags = await clientFor(transport).tags.list({}, { pageSize: 100, limit });

		expect(idsOf(tags)).toEqual([1]);
		expect(transport.requests.length).toBeLessThan(20);
	});

	it('that always has a next page although its count is reached ends', async () => {
		let id = 0;
		const transport = new FakeTransport(() => {
			id += 1;
			return page(rows(id, id), { count: 3, next: true });
		});

		const tags = await clientFor(transport).tags.list({}, { pageSize: 100 });

		expect(idsOf(tags)).toEqual([1, 2, 3]);
	});

	it('of which a page is refused requests no further pages', async () => {
		const transport = new FakeTransport(({ query = {} }) =>
			query.page === '1'
				? page(rows(1, 2), { count: 2000, next: true })
				: json({ detail: 'No.' }, 403),
		);

		await refusalOf(clientFor(transport).tags.list({}, { pageSize: 2 }), PaperlessError);

		expect(transport.requests.length).toBeLessThan(10);
	});

	it('that does not exist fails with the server’s error', async () => {
		const transport = new FakeTransport([json({ detail: 'Not found.' }, 404)]);

		const refusal = await refusalOf(
			clientFor(transport).tags.list({}, { pageSize: 2 }),
			PaperlessError,
		);

		expect(refusal.kind).toBe('notFound');
	});
});

describe('A single page', () => {
	it('says whether more pages follow', async () => {
		const transport = new FakeTransport(archiveOf(3));
		const { tags } = clientFor(transport);

		expect(await tags.page({ ordering: 'name' }, 1, 2)).toMatchObject({ count: 3, more: true });
		expect(await tags.page({ ordering: 'name' }, 2, 2)).toMatchObject({ count: 3, more: false });
	});
});
