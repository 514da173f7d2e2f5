import { PaperlessError } from '../../../api/errors';
import type { Task } from '../../../api/schemas/task';
import type { Json } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';

export const taskIdParameter = {
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 48be98c2-c596-4366-b22a-95e6a2ab2677',
	description: 'The ID that an upload returns as task_id',
} as const satisfies Parameter;

/** The same on API 9 and 10. */
export function shown({ taskId, fileName, outcome, ...task }: Task): Json {
	const documentId = 'documentId' in outcome ? outcome.documentId : null;
	return {
		id: task.id,
		task_id: taskId,
		type: task.type,
		status: task.status,
		file_name: fileName,
		outcome: task.type === 'consume_file' ? outcome.status : null,
		document_id: outcome.status === 'created' ? documentId : null,
		duplicate_of: outcome.status === 'duplicate' ? documentId : null,
		message: 'reason' in outcome ? outcome.reason || null : null,
		created: task.created,
		done: task.done,
		acknowledged: task.acknowledged,
		owner: task.owner,
	};
}

export const missingTask = (taskId: string): PaperlessError =>
	new PaperlessError('notFound', `There is no task ${taskId}`, {
		description: 'It may belong to another user, or have been cleaned up by the server.',
		parameter: 'taskId',
		status: 404,
	});
