import { defineOperation } from '../../../toolkit/operation';
import { presentTask } from './presentTask';
import { missingTask } from './taskFinder';
import { taskIdParameter } from './taskIdParameter';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get task',
	description: 'Retrieve a task by its ID, in the same format from every server version',
	access: 'read',
	parameters: [taskIdParameter],
	async execute({ api }, { taskId }) {
		const task = await api.tasks.find(taskId.trim());
		if (!task) throw missingTask(taskId);
		return [{ json: presentTask(task) }];
	},
});
