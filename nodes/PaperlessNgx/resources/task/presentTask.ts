import type { Consumption, Task } from '../../../api/schemas/task';
import type { Json } from '../../../toolkit/operation';

/** How a consumption ended, in the same keys for every outcome and every server version. */
export function presentOutcome(outcome: Consumption): Json {
	const documentId = 'documentId' in outcome ? outcome.documentId : null;
	return {
		outcome: outcome.status,
		document_id: outcome.status === 'created' ? documentId : null,
		duplicate_of: outcome.status === 'duplicate' ? documentId : null,
		message: 'reason' in outcome ? outcome.reason || null : null,
	};
}

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
