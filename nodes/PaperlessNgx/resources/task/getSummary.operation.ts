import { unlessForbidden } from '../../../api/unlessForbidden';
import { defineOperation } from '../../../toolkit/operation';

export const getSummary = defineOperation({
	value: 'getSummary',
	name: 'Get Summary',
	action: 'Get summary of tasks',
	description:
		'Count the tasks of each type, with their failures and durations, and those that need attention',
	access: 'read',
	needs: 'taskSummaries',
	parameters: [
		{
			displayName: 'Days',
			name: 'days',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 365, numberPrecision: 0 },
			default: 30,
			description: 'Number of days before now whose tasks are counted by type',
		},
	],
	async execute({ api }, { days }) {
		const [types, unacknowledged] = await Promise.all([
			api.tasks.summary(days),
			// Who may monitor the system may see the summary, but not the tasks.
			unlessForbidden(api.tasks.unacknowledged(), null),
		]);
		return [{ json: { days, unacknowledged, types } }];
	},
});
