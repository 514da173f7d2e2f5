import { queryOfSavedView } from '../../../api/savedViewRules';
import { defineOperation } from '../../../toolkit/operation';
import { chosenId, locatorParameter } from '../capabilities/readable';
import { savedViews } from './savedViews';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get saved view',
	description: 'Retrieve a saved view by its name or ID, with its rules as filters',
	access: 'read',
	parameters: [locatorParameter(savedViews)],
	async execute(context, values) {
		const id = await chosenId(context, savedViews, values);
		const view = await context.api.savedViews.get(id);
		return [{ json: { ...view, filters: queryOfSavedView(view) } }];
	},
});
