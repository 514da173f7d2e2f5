import type { Consumption, Task } from '../../../nodes/api/schemas/task';
import { presentOutcome } from '../../../nodes/PaperlessNgx/resources/shared/presentOutcome';
import { presentTask } from '../../../nodes/PaperlessNgx/resources/task/presentTask';

const task = (outcome: Consumption, changes: Partial<Task> = {}): Task => ({
	id: 7,
	taskId: 'a-uuid',
	type: 'consume_file',
	fileName: 'invoice.pdf',
	input: {},
	status: 'success',
	created: '2026-01-02T03:04:05Z',
	started: null,
	done: null,
	acknowledged: false,
	owner: 3,
	outcome,
	...changes,
});

const created: Consumption = { status: 'created', documentId: 12, reason: '' };

describe('the outcome of a consumption', () => {
	it('names the document that was created', () => {
		expect(presentOutcome(created)).toEqual({
			outcome: 'created',
			document_id: 12,
			duplicate_of: null,
			message: null,
		});
	});

	it('names the document that a duplicate repeats, and never as the created one', () => {
		const outcome: Consumption = {
			status: 'duplicate',
			documentId: 12,
			inTrash: false,
			reason: 'It is a duplicate of document #12.',
		};

		expect(presentOutcome(outcome)).toEqual({
			outcome: 'duplicate',
			document_id: null,
			duplicate_of: 12,
			message: 'It is a duplicate of document #12.',
		});
	});

	it('gives the reason of a rejected file', () => {
		expect(presentOutcome({ status: 'failed', reason: 'It is broken' })).toMatchObject({
			outcome: 'failed',
			document_id: null,
			message: 'It is broken',
		});
	});

	it('has the same keys while the consumption is pending', () => {
		expect(presentOutcome({ status: 'pending' })).toEqual({
			outcome: 'pending',
			document_id: null,
			duplicate_of: null,
			message: null,
		});
	});
});

describe('a task', () => {
	it('is shown with the keys of the server and the outcome of its consumption', () => {
		expect(presentTask(task(created))).toEqual({
			id: 7,
			task_id: 'a-uuid',
			type: 'consume_file',
			status: 'success',
			file_name: 'invoice.pdf',
			outcome: 'created',
			document_id: 12,
			duplicate_of: null,
			message: null,
			created: '2026-01-02T03:04:05Z',
			done: null,
			acknowledged: false,
			owner: 3,
		});
	});

	it('of another kind has no outcome, but keeps its message', () => {
		const outcome: Consumption = { status: 'created', documentId: null, reason: 'No issues.' };

		const shown = presentTask(task(outcome, { type: 'sanity_check' }));

		expect(shown).toMatchObject({ outcome: null, document_id: null, message: 'No issues.' });
		expect(Object.keys(shown)).toEqual(Object.keys(presentTask(task(created))));
	});
});
