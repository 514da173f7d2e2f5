import { isOfAllServers, taskTypes } from '../../../api/taskTypes';
import { instant } from '../../../toolkit/dates';
import { defineOperation } from '../../../toolkit/operation';
import { oneOf } from '../../../toolkit/parameterBuilders';
import { toReference } from '../../../toolkit/references';
import { isSimplified, shown, simplifyParameter } from '../capabilities/simplify';
import { returnAllOrLimit } from '../shared/returnAllOrLimit';
import { ownerFrom } from '../shared/permissions';
import { upToLimit } from '../shared/upToLimit';
import { presentTask } from './presentTask';

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many tasks',
	description: 'Retrieve a list of tasks, newest first',
	access: 'read',
	parameters: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			rejectsEmpty: true,
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Acknowledged',
					name: 'acknowledged',
					type: 'boolean',
					default: false,
					description: 'Whether the task was acknowledged (dismissed)',
				},
				{
					displayName: 'Created After',
					name: 'createdAfter',
					type: 'dateTime',
					default: '',
				},
				{
					displayName: 'Created Before',
					name: 'createdBefore',
					type: 'dateTime',
					default: '',
				},
				{
					displayName: 'File Name Contains',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoice',
				},
				{
					displayName: 'Finished',
					name: 'finished',
					type: 'boolean',
					default: false,
					description: 'Whether the task has ended, with success or without',
				},
				oneOf('Owner', 'owner', 'searchUsers', 'clara'),
				{
					displayName: 'Result Contains',
					name: 'result',
					type: 'string',
					default: '',
					placeholder: 'e.g. duplicate',
					description:
						'Part of the reason, or the ID of the document; needs Paperless-ngx 3.0 or later',
				},
				{
					displayName: 'Started By',
					name: 'triggerSource',
					type: 'options',
					options: [
						{ name: 'API', value: 'api_upload' },
						{ name: 'Consumption Folder', value: 'folder_consume' },
						{ name: 'E-Mail', value: 'email_consume' },
						{ name: 'Manual', value: 'manual' },
						{ name: 'Schedule', value: 'scheduled' },
						{ name: 'System', value: 'system' },
						{ name: 'Web Interface', value: 'web_ui' },
					],
					default: 'api_upload',
					description: 'What started the task; needs Paperless-ngx 3.0 or later',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Failure', value: 'failure' },
						{ name: 'Pending', value: 'pending' },
						{ name: 'Revoked', value: 'revoked' },
						{ name: 'Started', value: 'started' },
						{ name: 'Success', value: 'success' },
					],
					default: 'failure',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: taskTypes,
					default: 'consume_file',
					description:
						'Before Paperless-ngx 3.0 only Consume File, Optimize Index, Sanity Check and Train Classifier',
				},
			],
		},
		simplifyParameter,
	],
	async execute(context, { filters, simple, ...listing }) {
		const { api, timeZone } = context;
		const { createdAfter, createdBefore, name, owner, result, ...others } = filters;
		const { triggerSource, type } = others;
		const isOfAll = type === undefined || isOfAllServers(type);
		if (!isOfAll || triggerSource !== undefined || result) await api.require('taskFilters');
		const filter = {
			...others,
			...(createdAfter && { createdAfter: instant(createdAfter, 'Created After', timeZone) }),
			...(createdBefore && {
				createdBefore: instant(createdBefore, 'Created Before', timeZone),
			}),
			...(name && { name }),
			...(owner && { owner: await ownerFrom(context, toReference(owner, 'Owner')) }),
			...(result && { result }),
		};
		const tasks = await upToLimit(context, listing, 'tasks', ({ limit, onCount }) =>
			api.tasks.list(filter, limit, onCount),
		);
		return await shown(context, tasks.map(presentTask), isSimplified(context, { simple }));
	},
});
