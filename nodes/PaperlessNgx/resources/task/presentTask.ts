import type { Task } from '../../../api/schemas/task';
import type { Json } from '../../../toolkit/operation';
import { presentOutcome } from '../shared/presentOutcome';

/** A task as an output item, in the same keys for every server version. Only consumptions have an outcome. */
export const presentTask = ({ taskId, fileName, ...task }: Task): Json => ({
	id: task.id,
	task_id: taskId,
	type: task.type,
	status: task.status,
	file_name: fileName,
	...presentOutcome(task.outcome),
	...(task.type !== 'consume_file' && { outcome: null }),
	created: task.created,
	done: task.done,
	acknowledged: task.acknowledged,
	owner: task.owner,
});
