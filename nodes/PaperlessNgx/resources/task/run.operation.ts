import { PaperlessError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';

export const run = defineOperation({
	value: 'run',
	name: 'Run',
	action: 'Run task',
	description: 'Start a maintenance task; requires a superuser',
	access: 'write',
	parameters: [
		{
			displayName: 'Task',
			name: 'task',
			type: 'options',
			options: [
				{ name: 'AI Index', value: 'llm_index', description: 'Paperless-ngx 3.0 and later' },
				{
					name: 'Optimize Index',
					value: 'index_optimize',
					description: 'Before Paperless-ngx 3.0',
				},
				{ name: 'Sanity Check', value: 'sanity_check' },
				{ name: 'Train Classifier', value: 'train_classifier' },
			],
			default: 'sanity_check',
		},
	],
	async execute({ api }, { task }) {
		const server = await api.currentServer();
		if (task === 'llm_index') server.require('aiFeatures');
		if (task === 'index_optimize' && server.has('pagedTasks')) {
			throw new PaperlessError('unsupported', 'This server optimizes its index automatically', {
				description: `Paperless-ngx ${server.version} no longer allows starting this task.`,
			});
		}
		const started = await api.tasks.run(task);
		if (server.has('pagedTasks') && started.task_id === null) {
			throw new PaperlessError('unexpectedReply', 'Paperless-ngx did not start the task', {
				description: 'Its reply contains no task ID. The log of the server may contain the reason.',
				parameter: 'task',
			});
		}
		return [{ json: { task, ...started } }];
	},
});
