import { isPaperlessError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';

export const getLogs = defineOperation({
	value: 'getLogs',
	name: 'Get Logs',
	action: 'Get logs',
	description: 'Retrieve the last lines of a server log; requires an administrator',
	access: 'read',
	parameters: [
		{
			displayName: 'Log',
			name: 'log',
			type: 'options',
			options: [
				{ name: 'Celery', value: 'celery', description: 'Background tasks' },
				{ name: 'Mail', value: 'mail', description: 'Fetching of e-mail' },
				{ name: 'Paperless', value: 'paperless', description: 'Everything else' },
			],
			default: 'paperless',
		},
		{
			displayName: 'Lines',
			name: 'lines',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 100,
			description: 'Number of lines to return, counted from the end',
		},
	],
	async execute({ api }, { log, lines }) {
		const all = await api.system.log(log, lines).catch(async (thrown: unknown) => {
			if (!isPaperlessError(thrown, 'notFound')) throw thrown;
			// The file of a log does not exist before its first line is written.
			if (!(await api.system.logs()).includes(log)) return [];
			throw thrown;
		});
		return [{ json: { log, lines: all.slice(-lines) } }];
	},
});
