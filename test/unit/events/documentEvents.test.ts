import { startAt } from '../../../nodes/events/cursor';
import { RangeSet } from '../../../nodes/events/rangeSet';
import { happeningsOf } from '../../../nodes/PaperlessNgxTrigger/documentEvents';
import { itemsOf } from '../../../nodes/PaperlessNgxTrigger/items';
import type { TriggerValues } from '../../../nodes/PaperlessNgxTrigger/parameters';
import { changesSince } from '../../../nodes/PaperlessNgxTrigger/stream';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, page } from '../../support/fakeTransport.mts';

const stamp = '2024-05-31T12:00:00.123456Z';
const later = '2024-05-31T12:00:00.123457Z';

const values: TriggerValues = {
	events: ['documentUpdated', 'newInboxDocument'],
	filters: {},
	changes: {},
	customFieldFilters: {},
	dateFilters: {},
	numberFilters: {},
	textFilters: {},
	output: 'selected',
	selectedFields: ['title'],
	storageThreshold: 10,
	storageUnit: 'gigabytes',
	options: {},
};

describe('The changes of a poll', () => {
	it('are read past any number of documents with one stamp', async () => {
		const all = Array.from({ length: 2500 }, (_, index) => ({ id: index + 1, modified: stamp }));
		const server = new FakeTransport(({ query = {} }) => {
			const size = Number(query.page_size);
			return page(all.slice(0, size), { count: all.length, next: all.length > size });
		});
		const start = startAt('1970-01-01T00:00:00Z', RangeSet.empty, 0);

		const first = await changesSince(contextOn(server), start, 1000, 2000);
		const second = await changesSince(contextOn(server), first.cursor, 1000, 2000);

		const told = [...first.changes, ...second.changes].map(({ row }) => row.id);
		expect(told).toEqual(all.map(({ id }) => id));
	});

	it('that are two of one document let it come into the inbox once', async () => {
		const server = new FakeTransport(() => page([{ id: 7, title: 'Seven' }]));
		const changes = [stamp, later].map((modified) => ({ row: { id: 7, modified }, isNew: false }));

		const context = contextOn(server);
		const found = await happeningsOf(context, values, changes, { inbox: '1-3' });
		const items = await itemsOf(context, values, found.happenings, found.query);

		expect(items.map(({ json }) => json.event_id)).toEqual([
			'documentUpdated:7:1717156800123456',
			'newInboxDocument:7',
			'documentUpdated:7:1717156800123457',
		]);
		expect(found.state.inbox).toBe('1-3,7');
	});
});
