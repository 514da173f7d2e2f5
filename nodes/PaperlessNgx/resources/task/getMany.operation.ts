import { instant } from '../../../toolkit/dates';
import { defineOperation } from '../../../toolkit/operation';
import { limitOf, returnAllOrLimit } from '../shared/returnAllOrLimit';
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
					displayName: 'File Name Contains',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoice',
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
					options: [
						{ name: 'Consume File', value: 'consume_file' },
						{ name: 'Optimize Index', value: 'index_optimize' },
						{ name: 'Sanity Check', value: 'sanity_check' },
						{ name: 'Train Classifier', value: 'train_classifier' },
					],
					default: 'consume_file',
				},
			],
		},
	],
	async execute({ api, timeZone }, { filters, ...listing }) {
		const { createdAfter, name, ...others } = filters;
		const filter = {
			...others,
			...(createdAfter && { createdAfter: instant(createdAfter, 'Created After', timeZone) }),
			...(name && { name }),
		};
		const tasks = await api.tasks.list(filter, limitOf(listing));
		return tasks.map((task) => ({ json: presentTask(task) }));
	},
});
