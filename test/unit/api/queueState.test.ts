import { forgetServers } from '../../../nodes/api/connection';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, page } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const task = (id: string, status: string, done: string | null) => ({
	task_id: id,
	task_type: 'consume_file',
	status,
	date_created: '2026-01-01T10:00:00Z',
	date_done: done,
});

describe('The reason of a task that is still waiting', () => {
	it('counts work that ended behind a task without an end, which PostgreSQL sorts first', async () => {
		const ended = [
			task('undated', 'failure', null),
			task('dated', 'success', '2026-01-01T10:05:00Z'),
		];
		const transport = new FakeTransport(({ query }) => {
			if (query?.is_complete) return page(ended.slice(0, Number(query.page_size)));
			return page(query?.status === 'started' ? [] : [task('mine', 'pending', null)]);
		});
		const { api, now } = contextOn(transport);

		const outcomes = await api.tasks.awaitAll(['mine'], { timeout: 0, now });

		expect(outcomes.get('mine')).toEqual({
			status: 'pending',
			reason: 'It is still in the server’s queue.',
		});
	});
});
