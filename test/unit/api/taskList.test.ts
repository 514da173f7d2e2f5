import { forgetServers } from '../../../nodes/api/connection';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import type { HttpReply, HttpRequest } from '../../../nodes/api/httpTransport';
import type { Release } from '../../support/fakeTransport.mts';
import {
	FakeTransport,
	json,
	page,
	recordedWait,
	versionHeaders,
} from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

function start(release: Release, answer: (request: HttpRequest) => HttpReply<string>) {
	const transport = new FakeTransport((request) =>
		request.path.endsWith('next_asn/') ? json(12, 200, versionHeaders[release]) : answer(request),
	);
	return { transport, ...paperlessClient(transport, recordedWait().wait) };
}

const legacy = (id: number, more: object = {}) => ({
	id,
	task_id: `t${id}`,
	task_name: 'consume_file',
	task_file_name: `Scan ${id}.pdf`,
	date_created: `2024-05-0${id}T10:00:00Z`,
	date_done: null,
	status: 'SUCCESS',
	result: `Success. New document id ${id}0 created`,
	acknowledged: false,
	...more,
});

const current = (id: number) => ({
	id,
	task_id: `t${id}`,
	task_type: 'consume_file',
	status: 'success',
	date_created: '2024-05-01T10:00:00Z',
	acknowledged: true,
	input_data: { filename: 'Scan.pdf' },
	result_data: { document_id: 30 },
});

describe('A task', () => {
	const common = {
		id: 3,
		taskId: 't3',
		type: 'consume_file',
		status: 'success',
		done: null,
		owner: null,
		outcome: { status: 'created', documentId: 30 },
	};

	it('of 2.x has the common format', async () => {
		const { tasks } = start('2.20', () => json([legacy(3)], 200, versionHeaders['2.20']));

		expect(await tasks.find('t3')).toMatchObject({ ...common, fileName: 'Scan 3.pdf' });
	});

	it('of 3.x has the common format', async () => {
		const { tasks } = start('3.0', () => page([current(3)]));

		expect(await tasks.find('t3')).toMatchObject({ ...common, fileName: 'Scan.pdf' });
	});

	it('that does not exist is undefined', async () => {
		expect(await start('3.0', () => page([])).tasks.find('t3')).toBeUndefined();
	});

	it('has its name of 3.x', async () => {
		const row = legacy(3, { task_name: 'check_sanity', task_file_name: null, status: 'RETRY' });
		const { tasks } = start('2.20', () => json([row], 200, versionHeaders['2.20']));

		expect(await tasks.find('t3')).toMatchObject({
			type: 'sanity_check',
			fileName: null,
			status: 'pending',
		});
	});
});

describe('The list of tasks', () => {
	it('ends although the server repeats a task for ever', async () => {
		const { transport, tasks } = start('3.0', () => page([current(3)], { count: 9_999_999 }));

		expect(await tasks.list({})).toHaveLength(1);
		expect(transport.requests.length).toBeLessThan(5);
	});

	const all = [legacy(3), legacy(2, { task_file_name: 'Letter.pdf' }), legacy(1)];
	const old = () => json(all, 200, versionHeaders['2.20']);

	it('of 2.x is filtered by the server as far as possible', async () => {
		const { transport, tasks } = start('2.20', old);

		await tasks.list({ status: 'failure', type: 'sanity_check', acknowledged: false });

		expect(transport.lines.at(-1)).toBe(
			'GET api/tasks/?status=FAILURE&task_name=check_sanity&acknowledged=false',
		);
	});

	it('of 2.x is filtered by name and time here, and ends at the limit', async () => {
		const idsFor = async (filter: object, limit?: number) => {
			forgetServers();
			return (await start('2.20', old).tasks.list(filter, limit)).map(({ id }) => id);
		};

		expect(await idsFor({ name: 'scan' })).toEqual([3, 1]);
		expect(await idsFor({ createdAfter: '2024-05-02T10:00:00Z' })).toEqual([3, 2]);
		expect(await idsFor({}, 2)).toEqual([3, 2]);
	});

	it('of 3.x is filtered by the server and read page by page', async () => {
		const rows = Array.from({ length: 600 }, (_, index) => current(index + 1));
		const { transport, tasks } = start('3.0', ({ query = {} }) => {
			const size = Number(query.page_size);
			const from = (Number(query.page) - 1) * size;
			return page(rows.slice(from, from + size), { count: rows.length });
		});

		const found = await tasks.list({
			status: 'failure',
			type: 'sanity_check',
			acknowledged: true,
			name: 'scan',
			createdAfter: '2024-05-02T10:00:00Z',
		});

		expect(found).toHaveLength(600);
		expect(transport.requests.at(-1)?.query).toEqual({
			status: 'failure',
			task_type: 'sanity_check',
			acknowledged: 'true',
			name: 'scan',
			date_created_after: '2024-05-02T10:00:00Z',
			page: '2',
			page_size: '500',
		});
	});

	it('of 3.x with a limit requests no more rows', async () => {
		const { transport, tasks } = start('3.0', () => page([current(1)], { count: 50 }));

		expect(await tasks.list({}, 1)).toHaveLength(1);
		expect(transport.lines.at(-1)).toBe('GET api/tasks/?page=1&page_size=1');
	});
});

describe('Acting on tasks', () => {
	it('acknowledges them by their row ids', async () => {
		const { transport, tasks } = start('3.0', () => json({ result: 2 }));

		await tasks.acknowledge([3, 4]);

		expect(transport.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: 'api/tasks/acknowledge/',
			body: { json: { tasks: [3, 4] } },
		});
	});

	it.each([
		['2.20', { task_name: 'check_sanity' }, { result: 'OK' }, { task_id: null, result: 'OK' }],
		['3.0', { task_type: 'sanity_check' }, { task_id: 't9' }, { task_id: 't9', result: null }],
	] as const)('runs one by its name in %s', async (release, sent, reply, outcome) => {
		const { transport, tasks } = start(release, () => json(reply, 200, versionHeaders[release]));

		expect(await tasks.run('sanity_check')).toEqual(outcome);
		expect(transport.requests.at(-1)?.body).toEqual({ json: sent });
	});
});
