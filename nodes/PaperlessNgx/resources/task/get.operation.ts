import { defineOperation } from '../../../toolkit/operation';
import { isSimplified, shown, simplifyParameter } from '../capabilities/simplify';
import { presentTask } from './presentTask';
import { missingTask, taskIdFrom } from './taskFinder';
import { taskOrRowIdParameter } from './taskIdParameter';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get task',
	description: 'Retrieve a task by its ID, in the same format from every server version',
	access: 'read',
	parameters: [taskOrRowIdParameter, simplifyParameter],
	async execute(context, values) {
		const taskId = taskIdFrom(values.taskId);
		const { tasks } = context.api;
		const task = /^\d+$/.test(taskId)
			? await tasks.findRow(Number(taskId))
			: await tasks.find(taskId);
		if (!task) throw missingTask(taskId);
		return await shown(context, [presentTask(task)], isSimplified(context, values));
	},
});
