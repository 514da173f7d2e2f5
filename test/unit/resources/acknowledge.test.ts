import { acknowledge } from '../../../nodes/PaperlessNgx/resources/task/acknowledge.operation';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, json, page } from '../../support/fakeTransport.mts';

const row = (id: number) => ({ id, task_id: `uuid-${id}`, status: 'success' });

/** A server that knows the tasks 1 and 2. */
const server = () =>
	new FakeTransport(({ method, query, body }) => {
		if (method === 'GET')
			return page([1, 2].map(row).filter(({ task_id }) => task_id === query?.task_id));
		const { tasks } = (body as { json: { tasks: number[] } }).json;
		return tasks.every((id) => id <= 2)
			? json({ result: tasks.length })
			: json({ tasks: ['Some tasks in the list don’t exist'] }, 400);
	});

async function outcomesOf(transport: FakeTransport, taskIds: readonly string[]) {
	if (!('executeAll' in acknowledge)) throw new Error('Acknowledge runs item by item');
	return await acknowledge.executeAll(
		contextOn(transport),
		taskIds.map((taskId, itemIndex) => ({ itemIndex, values: { taskId } })),
	);
}

describe('acknowledging tasks', () => {
	it('takes one request for all items, by task_id and by id', async () => {
		const transport = server();

		const outcomes = await outcomesOf(transport, [' uuid-1 ', '2', '1']);

		expect(outcomes).toEqual([1, 2, 1].map((id) => [{ json: { id, acknowledged: true } }]));
		expect(transport.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('rejects only the unknown tasks', async () => {
		const outcomes = await outcomesOf(server(), ['uuid-1', 'uuid-9', '9']);

		expect(outcomes).toMatchObject([
			[{ json: { id: 1, acknowledged: true } }],
			{ message: 'There is no task uuid-9' },
			{ message: 'There is no task 9' },
		]);
	});
});
