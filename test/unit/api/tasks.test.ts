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

	it.each(['REJECTED', 'IGNORED', 'SKIPPED'])('in the state %s has failed', async (status) => {
		expect(await outcomeOf(legacy({ status, result: null }))).toMatchObject({ status: 'failed' });
	});

	it('in an unknown state has failed when it has an end', async () => {
		const task = { status: 'DISCARDED', date_done: '2026-01-01T00:00:00Z' };

		expect(await outcomeOf(legacy(task))).toMatchObject({ status: 'failed' });
	});

	it.each(['PENDING', 'STARTED', 'RETRY', 'UNHEARD'])(
		'in the state %s is pending',
		async (status) => {
			expect(await outcomeOf(legacy({ status, result: null }))).toEqual({ status: 'pending' });
		},
	);

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

	it.each(['revoked', 'skipped'])('in the state %s has failed', async (status) => {
		expect(await outcomeOf(current({ status, result_data: null }))).toMatchObject({
			status: 'failed',
		});
	});

	it.each(['pending', 'started'])('in the state %s is pending', async (status) => {
		expect(await outcomeOf(current({ status, result_data: null }))).toEqual({ status: 'pending' });
	});

	it('that is not listed yet is pending', async () => {
		expect(await outcomeOf(page([]))).toEqual({ status: 'pending' });
	});
});

/** A queue whose tasks are done at the given look. Time passes only during pauses. */
function queue(looksUntilDone: Record<string, number>, release: '2.20' | '3.0' = '3.0') {
	const clock = { now: 0, pauses: [] as number[] };
	let looks = 0;
	const row = (task: string) => {
		const created = {
			task_id: task,
			date_created: `2026-01-01T00:00:${task.slice(1).padStart(2, '0')}Z`,
		};
		if (looks < (looksUntilDone[task] ?? 1)) {
			return { ...created, status: release === '3.0' ? 'pending' : 'PENDING' };
		}
		const id = Number(task.slice(1));
		return release === '3.0'
			? { ...created, status: 'success', result_data: { document_id: id } }
			: { ...created, status: 'SUCCESS', related_document: String(id), result: '' };
	};
	const transport = new FakeTransport(({ path, query = {} }: HttpRequest) => {
		if (path.endsWith('next_asn/')) return json(1, 200, versionHeaders[release]);
		if (query.status !== undefined || query.is_complete !== undefined) return page([]);
		looks += 1;
		const tasks = query.task_id === undefined ? Object.keys(looksUntilDone) : [query.task_id];
		const rows = tasks.map(row);
		return release === '3.0' ? page(rows) : json(rows, 200, versionHeaders[release]);
	});
	const client = paperlessClient(transport, async (milliseconds) => {
		clock.pauses.push(milliseconds);
		clock.now += milliseconds;
	});
	const wait = async (ids: string[], timeout = 60_000) =>
		await client.tasks.awaitAll(ids, { timeout, now: () => clock.now });
	const lines = () => transport.lines.filter((line) => line.includes('tasks/'));
	return { clock, transport, lines, wait };
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `t${index + 1}`);
const doneAt = (count: number, look: number) =>
	Object.fromEntries(names(count).map((name) => [name, look]));

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

	it('asks for all of them in one request, from the oldest on as soon as that is known', async () => {
		const { lines, wait } = queue(doneAt(20, 2));

		await wait(names(20));

		expect(lines()).toEqual([
			'GET api/tasks/?page_size=45',
			`GET api/tasks/?page_size=45&date_created_after=${encodeURIComponent('2026-01-01T00:00:01Z')}&ordering=date_created`,
		]);
	});

	it('asks 2.x for the uploads that nobody has dismissed', async () => {
		const { lines, wait } = queue(doneAt(20, 2), '2.20');

		await wait(names(20));

		const list = 'GET api/tasks/?task_name=consume_file&acknowledged=false';
		expect(lines()).toEqual([list, list]);
	});

	it('asks 2.x for five single tasks at a time where the list is long', async () => {
		const { lines, wait } = queue(doneAt(600, 3), '2.20');

		await wait(names(600), 600_000);

		expect(lines().filter((line) => !line.includes('task_id')).length).toBe(1);
		expect(
			lines()
				.slice(1, 6)
				.map((line) => line.split('task_id=')[1]),
		).toEqual(names(5));
	});

	it('looks up a task alone that the list does not name', async () => {
		const { lines, wait } = queue(doneAt(2, 1));

		const outcomes = await wait(['t1', 't2', 't9']);

		expect(outcomes.get('t9')).toMatchObject({ status: 'created', documentId: 9 });
		expect(lines()).toHaveLength(2);
	});

	it('pauses longer while nothing happens, up to five seconds, and briefly again after progress', async () => {
		const { clock, wait } = queue({ t1: 9, t2: 10 });

		await wait(['t1', 't2'], 600_000);

		expect(clock.pauses.slice(0, 6)).toEqual([1000, 1000, 1000, 1500, 2250, 3375]);
		expect(Math.max(...clock.pauses)).toBeLessThanOrEqual(5_000);
		expect(clock.pauses).toHaveLength(9);
	});

	it('returns unfinished tasks as pending at the timeout, with how far they have come', async () => {
		const { clock, wait } = queue({ t1: 1, t2: 1000 });

		const outcomes = await wait(['t1', 't2'], 2_000);

		expect(outcomes.get('t1')).toMatchObject({ status: 'created' });
		expect(outcomes.get('t2')).toEqual({
			status: 'pending',
			reason:
				'No task was started since 2026-01-01T00:00:02Z, so the server’s worker may not be running.',
		});
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
