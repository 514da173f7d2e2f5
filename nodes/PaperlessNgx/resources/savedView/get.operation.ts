import { queryOfSavedView } from '../../../api/savedViewRules';
import { defineOperation } from '../../../toolkit/operation';
import { permissionOption, permissionsOf } from '../capabilities/permissionOption';
import { chosenId, locatorParameter, outputsOf } from '../capabilities/readable';
import { isSimplified, simplifyParameter } from '../capabilities/simplify';
import { savedViews } from './savedViews';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get saved view',
	description: 'Retrieve a saved view by its name or ID, with its rules as filters',
	access: 'read',
	parameters: [locatorParameter(savedViews), simplifyParameter, ...permissionOption(savedViews)],
	async execute(context, values) {
		const id = await chosenId(context, savedViews, values);
		const { query, describe } = permissionsOf(context, values);
		const view = await context.api.savedViews.get(id, query);
		const described = await describe([view]);
		return await outputsOf(context, savedViews, [view], {
			isSimple: isSimplified(context, values),
			more: (row) => ({ filters: queryOfSavedView(row), ...described(row) }),
		});
	},
});
