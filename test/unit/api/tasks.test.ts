import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import type { HttpRequest } from '../../../nodes/api/httpTransport';
import {
	FakeTransport,
	json,
	page,
	refusalOf,
	versionHeaders,
} from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const legacy = (task: Record<string, unknown>) =>
	json([{ task_id: 'a', ...task }], 200, versionHeaders['2.20']);
const current = (task: Record<string, unknown>) => page([{ task_id: 'a', ...task }]);

const outcomeOf = async (reply: ReturnType<typeof json>) => {
	const transport = new FakeTransport([reply]);
	const outcome = await paperlessClient(transport, async () => {}).tasks.outcome('a');
	expect(transport.lines).toEqual(['GET api/tasks/?task_id=a']);
	return outcome;
};

describe('A consumption on a server up to version 9 of the API', () => {
	it('that created a document names it; its text wins over the related document', async () => {
		const result = 'Success. New document id 123 created';

		expect(await outcomeOf(legacy({ status: 'SUCCESS', result, related_document: '99' }))).toEqual({
			status: 'created',
			documentId: 123,
			reason: result,
		});
	});

	it.each(['45', 45])(
		'whose text has no id names the related document %j',
		async (related_document) => {
			const task = { status: 'SUCCESS', result: 'Erfolg', related_document };

			expect(await outcomeOf(legacy(task))).toMatchObject({ status: 'created', documentId: 45 });
		},
	);

	it('of a sheet with a barcode created no document', async () => {
		const task = {
			status: 'SUCCESS',
			result: 'Barcode splitting complete!',
			related_document: null,
		};

		expect(await outcomeOf(legacy(task))).toEqual({
			status: 'created',
			documentId: null,
			reason: 'Barcode splitting complete!',
		});
	});

	it('of a duplicate names the existing document', async () => {
		const result = 'a.pdf: Not consuming a.pdf: It is a duplicate of Fee (#45).';
		const task = { status: 'FAILURE', result, related_document: '45' };

		expect(await outcomeOf(legacy(task))).toEqual({
			status: 'duplicate',
			documentId: 45,
			inTrash: false,
			reason: result,
		});
	});

	it('of a duplicate of a document in the trash says so', async () => {
		const result =
			'Not consuming a.pdf: It is a duplicate of Fee (#45). Note: existing document is in the trash.';
		const task = { status: 'FAILURE', result, related_document: null };

		expect(await outcomeOf(legacy(task))).toMatchObject({
			status: 'duplicate',
			documentId: null,
			inTrash: true,
		});
	});

	it('that failed has a reason and no document', async () => {
		const task = {
			status: 'FAILURE',
			result: 'Given ASN 7 already exists!',
			related_document: '7',
		};

		expect(await outcomeOf(legacy(task))).toEqual({
			status: 'failed',
			reason: 'Given ASN 7 already exists!',
		});
	});

	it('is pending while the reason is the address of a traceback', async () => {
		const task = { status: 'FAILURE', result: '<traceback object at 0x7f3a>' };

		expect(await outcomeOf(legacy(task))).toEqual({ status: 'pending' });
	});

	it('that was revoked has failed', async () => {
		expect(await outcomeOf(legacy({ status: 'REVOKED', result: null }))).toEqual({
			status: 'failed',
			reason: 'The task was revoked',
		});
	});

	it.each(['PENDING', 'STARTED', 'RETRY'])('in the state %s is pending', async (status) => {
		expect(await outcomeOf(legacy({ status, result: null }))).toEqual({ status: 'pending' });
	});

	it('that is not listed yet is pending', async () => {
		expect(await outcomeOf(json([], 200, versionHeaders['2.20']))).toEqual({ status: 'pending' });
	});
});

describe('A consumption on a server with version 10 of the API', () => {
	it('that created a document names it', async () => {
		const task = {
			status: 'success',
			result_data: { document_id: 123 },
			related_document_ids: [123],
		};

		expect(await outcomeOf(current(task))).toEqual({
			status: 'created',
			documentId: 123,
			reason: '',
		});
	});

	it('without an id names the first related document', async () => {
		const task = { status: 'success', result_data: null, related_document_ids: [45] };

		expect(await outcomeOf(current(task))).toMatchObject({ documentId: 45 });
	});

	it('of a sheet with a barcode created no document', async () => {
		const reason = 'Barcode splitting complete!';
		const task = { status: 'success', result_data: { reason }, related_document_ids: [] };

		expect(await outcomeOf(current(task))).toEqual({ status: 'created', documentId: null, reason });
	});

	it.each([true, false])('of a duplicate says whether it is in the trash: %s', async (inTrash) => {
		const result_data = { duplicate_of: 45, duplicate_in_trash: inTrash };

		expect(await outcomeOf(current({ status: 'failure', result_data }))).toEqual({
			status: 'duplicate',
			documentId: 45,
			inTrash,
			reason: 'It is a duplicate of document #45.',
		});
	});

	it('that failed has a reason', async () => {
		const result_data = {
			error_type: 'ConsumerError',
			error_message: 'Given ASN 7 already exists!',
		};

		expect(await outcomeOf(current({ status: 'failure', result_data }))).toEqual({
			status: 'failed',
			reason: 'Given ASN 7 already exists!',
		});
	});

	it('that failed without a reason has its final status', async () => {
		expect(await outcomeOf(current({ status: 'revoked', result_data: {} }))).toEqual({
			status: 'failed',
			reason: 'The task ended as revoked',
		});
	});

	it.each(['pending', 'started'])('in the state %s is pending', async (status) => {
		expect(await outcomeOf(current({ status, result_data: null }))).toEqual({ status: 'pending' });
	});

	it('that is not listed yet is pending', async () => {
		expect(await outcomeOf(page([]))).toEqual({ status: 'pending' });
	});
});

/** A queue whose tasks are done after the given number of readings. Time passes only during pauses. */
function queue(readingsUntilDone: Record<string, number>) {
	const readings = new Map<string, number>();
	const clock = { now: 0, pauses: [] as number[] };
	const transport = new FakeTransport(({ query = {} }: HttpRequest) => {
		const task = query.task_id ?? '';
		const count = (readings.get(task) ?? 0) + 1;
		readings.set(task, count);
		const done = count >= (readingsUntilDone[task] ?? 1);
		return page([
			done
				? { task_id: task, status: 'success', result_data: { document_id: Number(task.slice(1)) } }
				: { task_id: task, status: 'pending' },
		]);
	});
	const client = paperlessClient(transport, async (milliseconds) => {
		clock.pauses.push(milliseconds);
		clock.now += milliseconds;
	});
	const wait = async (ids: string[], timeout = 60_000) =>
		await client.tasks.awaitAll(ids, { timeout, now: () => clock.now });
	return { clock, transport, wait };
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `t${index + 1}`);

describe('Waiting for several consumptions', () => {
	it('returns their outcomes in the order of the ids, whichever is done first', async () => {
		const { wait } = queue({ t1: 3, t2: 1, t3: 2 });

		const outcomes = await wait(['t1', 't2', 't3']);

		expect([...outcomes]).toEqual([
			['t1', { status: 'created', documentId: 1, reason: '' }],
			['t2', { status: 'created', documentId: 2, reason: '' }],
			['t3', { status: 'created', documentId: 3, reason: '' }],
		]);
	});

	it('looks at no more than five open tasks at a time', async () => {
		const { transport, clock, wait } = queue(
			Object.fromEntries(names(20).map((name) => [name, 2])),
		);

		await wait(names(20));

		const beforeFirstPause = transport.requests.slice(0, 5).map(({ query }) => query?.task_id);
		expect(beforeFirstPause).toEqual(names(5));
		expect(transport.atOnce).toBe(5);
		expect(clock.pauses).toHaveLength(4);
	});

	it('does not pause while tasks at the head of the queue are done', async () => {
		const { transport, clock, wait } = queue({});

		await wait(names(12));

		expect(transport.requests).toHaveLength(12);
		expect(clock.pauses).toEqual([]);
	});

	it('pauses longer while nothing happens, up to five seconds, and briefly again after progress', async () => {
		const { clock, wait } = queue({ t1: 9, t2: 10 });

		await wait(['t1', 't2'], 600_000);

		expect(clock.pauses).toEqual([500, 750, 1125, 1687.5, 2531.25, 3796.875, 5000, 5000, 500]);
	});

	it('returns unfinished tasks as pending at the timeout', async () => {
		const { clock, wait } = queue({ t1: 1, t2: 1000 });

		const outcomes = await wait(['t1', 't2'], 2_000);

		expect(outcomes.get('t1')).toMatchObject({ status: 'created' });
		expect(outcomes.get('t2')).toEqual({ status: 'pending' });
		expect(clock.now).toBeLessThanOrEqual(2_000);
	});

	it('looks once at a task that is named twice', async () => {
		const { transport, wait } = queue({});

		expect((await wait(['t1', 't1'])).size).toBe(1);
		expect(transport.requests).toHaveLength(1);
	});

	it('sends no request without tasks', async () => {
		const { transport, wait } = queue({});

		expect((await wait([])).size).toBe(0);
		expect(transport.requests).toEqual([]);
	});

	it('ends with the error when tasks may not be read', async () => {
		const transport = new FakeTransport([json({ detail: 'No.' }, 403)]);
		const { tasks } = paperlessClient(transport, async () => {});

		const refusal = await refusalOf(
			tasks.awaitAll(['a'], { timeout: 1000, now: () => 0 }),
			PaperlessError,
		);

		expect(refusal.description).toContain('view_paperlesstask');
	});
});
