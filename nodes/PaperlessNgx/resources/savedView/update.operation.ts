import { filterParameters } from '../../../documents/filters/filterParameters';
import { defineOperation } from '../../../toolkit/operation';
import { someChanges } from '../capabilities/editable';
import { trimmedName } from '../capabilities/nameParameter';
import { chosenId, locatorParameter } from '../capabilities/readable';
import { rulesFrom } from './rulesFrom';
import { savedViews } from './savedViews';
import { draftFrom, viewOptions } from './viewOptions';

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update saved view',
	description: 'Change a saved view; filters set here replace all of its rules',
	access: 'write',
	parameters: [
		locatorParameter(savedViews),
		{ displayName: 'New Name', name: 'newName', type: 'string', default: '' },
		...filterParameters,
		viewOptions,
	],
	async execute(context, values) {
		const { newName, options, ...filters } = values;
		const rules = await rulesFrom(context, filters);
		const changes = someChanges(
			{
				...draftFrom(options),
				...(newName !== '' && { name: trimmedName(newName) }),
				...(rules.length > 0 && { filter_rules: rules }),
			},
			'Set a new name, a filter or an option.',
		);
		const id = await chosenId(context, savedViews, values);
		return [{ json: await context.api.savedViews.update(id, changes) }];
	},
});
