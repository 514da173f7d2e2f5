import { cursorAt } from '../../../nodes/events/cursor';
import { RangeSet } from '../../../nodes/events/rangeSet';
import { microsecondsOf, stampOf } from '../../../nodes/events/stamps';
import { changesSince } from '../../../nodes/PaperlessNgxTrigger/changes/changesSince';
import { eventItems } from '../../../nodes/PaperlessNgxTrigger/changes/eventItems';
import { eventsOfChanges } from '../../../nodes/PaperlessNgxTrigger/changes/eventsOfChanges';
import { pollDocuments } from '../../../nodes/PaperlessNgxTrigger/changes/pollDocuments';
import type { TriggerValues } from '../../../nodes/PaperlessNgxTrigger/triggerParameters';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, page } from '../../support/fakeTransport.mts';

const stamp = '2024-05-31T12:00:00.123456Z';
const later = '2024-05-31T12:00:00.123457Z';

const pace = { size: 2000, deadline: 1000 };

const values: TriggerValues = {
	events: ['documentUpdated', 'newInboxDocument'],
	filters: {},
	changes: {},
	output: 'selected',
	selectedFields: ['title'],
	storageThreshold: 10,
	storageUnit: 'gigabytes',
	options: {},
};

describe('The changes of a poll', () => {
	it('are read even if any number of documents share one stamp', async () => {
		const all = Array.from({ length: 2500 }, (_, index) => ({ id: index + 1, modified: stamp }));
		const server = new FakeTransport(({ query = {} }) => {
			const size = Number(query.page_size);
			const rows = query.modified__gt === stamp ? [] : all;
			return page(rows.slice(0, size), { count: rows.length, next: rows.length > size });
		});
		const start = cursorAt('1970-01-01T00:00:00Z', RangeSet.empty, 0);

		const read: number[] = [];
		for await (const { changes } of changesSince(contextOn(server), start, pace)) {
			read.push(...changes.map(({ row }) => row.id));
		}

		expect(read).toEqual(all.map(({ id }) => id));
	});

	it.each([
		['says for ever that more rows follow', 1, Number.POSITIVE_INFINITY],
		['repeats a page whatever is asked for', 1000, 1000],
	])('are given up when the server %s', async (_, count, lastSize) => {
		const rows = Array.from({ length: count }, (_row, index) => ({
			id: index + 1,
			modified: stamp,
		}));
		const server = new FakeTransport(({ query = {} }) =>
			page(rows, { next: Number(query.page_size) <= lastSize }),
		);
		const start = cursorAt('1970-01-01T00:00:00Z', RangeSet.empty, 0);
		const readAll = async () => {
			for await (const { cursor } of changesSince(contextOn(server), start, pace)) {
				expect(cursor).toBeDefined();
			}
		};

		await expect(readAll()).rejects.toThrow('The list of changed documents does not end');
		expect(server.requests.length).toBeLessThan(20);
	});

	it('are reported in portions when the time is up, each once', async () => {
		const all = Array.from({ length: 600 }, (_, index) => ({
			id: index + 1,
			modified: stampOf(microsecondsOf(stamp) + BigInt(index)),
			title: `Paper ${index + 1}`,
		}));
		const server = new FakeTransport(({ query = {} }) => {
			const named = query.id__in?.split(',');
			const from = query.modified__gt ?? query.modified__gte ?? '';
			const meant = all.filter(({ id, modified }) =>
				named ? named.includes(String(id)) : modified >= from,
			);
			const size = Number(query.page_size);
			return page(meant.slice(0, size), { count: meant.length, next: meant.length > size });
		});
		const wanted = { ...values, events: ['documentAdded' as const, 'documentUpdated' as const] };
		const timeIsUp = -1;
		let state: Parameters<typeof pollDocuments>[2] = {
			cursor: cursorAt('1970-01-01T00:00:00Z', RangeSet.empty, 0),
		};

		const portions: number[][] = [];
		for (let poll = 0; poll < 4; poll += 1) {
			const found = await pollDocuments(contextOn(server), wanted, state, timeIsUp);
			state = { ...state, ...found.state, cursor: found.state.cursor ?? state.cursor };
			portions.push(found.items.map(({ json }) => Number(json.id)));
		}

		expect(portions.map(({ length }) => length)).toEqual([250, 250, 100, 0]);
		expect(portions.flat()).toEqual(all.map(({ id }) => id));
	});

	it('report one arrival in the inbox when one document changed twice', async () => {
		const server = new FakeTransport(() => page([{ id: 7, title: 'Seven' }]));
		const changes = [stamp, later].map((modified) => ({
			...{ row: { id: 7, modified }, isNew: false },
			...{ horizon: stamp, seenAt: 0, isFound: false },
		}));
		const undescribed = { ...values, changes: { include: false } };

		const context = contextOn(server);
		const found = await eventsOfChanges(context, undescribed, changes, { inbox: '1-3' });
		const items = await eventItems(context, undescribed, found.events, found.query);

		expect(items.map(({ json }) => json.event_id)).toEqual([
			'documentUpdated:7:1717156800123456',
			'newInboxDocument:7',
			'documentUpdated:7:1717156800123457',
		]);
		expect(found.state.inbox).toBe('1-3,7');
	});
});
