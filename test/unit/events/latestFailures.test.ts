import { forgetServers } from '../../../nodes/api/connection';
import { latestFailures, rowsOf } from '../../../nodes/PaperlessNgxTrigger/watchers/latestFailures';
import { startList } from '../../../nodes/events/readList';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, json, page, versionHeaders } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const failed = (id: number, done: string | null) => ({
	id,
	task_id: `t${id}`,
	task_type: 'sanity_check',
	status: 'failure',
	date_created: '2024-05-01T10:00:00Z',
	date_done: done,
	acknowledged: false,
	input_data: {},
	result_data: { error_message: 'No space left' },
});

describe('The latest failed tasks', () => {
	it('are found behind one without an end, which PostgreSQL sorts before all others', async () => {
		const undated = failed(1, null);
		let rows = [undated, failed(2, '2024-05-31T12:00:00Z')];
		const transport = new FakeTransport(({ path, query }) =>
			path.endsWith('next_asn/')
				? json(12, 200, versionHeaders['3.0'])
				: page(rows.slice(0, Number(query?.page_size))),
		);
		const context = contextOn(transport);
		const filter = { status: 'failure', lastDoneFirst: true } as const;
		const clocks = { now: 0, serverNow: undefined };
		const before = startList(rowsOf(await context.api.tasks.list(filter, 100)), clocks);
		rows = [undated, failed(3, '2024-05-31T12:05:00Z'), failed(2, '2024-05-31T12:00:00Z')];

		const found = await latestFailures(context, filter, before);

		expect(found.map(({ id }) => id)).toEqual([1, 3, 2]);
	});
});
