import { filtersParameter } from '../../../documents/filters/filtersParameter';
import { defineOperation } from '../../../toolkit/operation';
import { someChanges } from '../capabilities/editable';
import { trimmedName } from '../capabilities/nameParameter';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import { changeOutput, writeFields } from '../capabilities/writeFields';
import { rulesFrom } from './rulesFrom';
import { savedViews } from './savedViews';
import { draftFrom, viewParameters } from './viewParameters';

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update saved view',
	description: 'Change a saved view; filters set here replace all of its rules',
	access: 'write',
	parameters: [
		locatorParameter(savedViews),
		{
			displayName: 'New Name',
			name: 'newName',
			type: 'string',
			default: '',
			placeholder: `e.g. ${savedViews.example}`,
		},
		filtersParameter,
		...viewParameters,
	],
	// Several items may change the same view.
	target: () => 'all',
	async execute(context, values) {
		const { newName, filters } = values;
		const rules = await rulesFrom(context, filters);
		const changes = someChanges(
			{
				...(await draftFrom(context, values)),
				...(newName.trim() !== '' && { name: trimmedName(newName) }),
				...(rules.length > 0 && { filter_rules: rules }),
			},
			'Set a new name, a filter, an option or a permission.',
		);
		const { id } = await chosenRow(context, savedViews, values);
		const view = await context.api.savedViews.get(id);
		const written = await writeFields(context, savedViews, view, changes);
		return await changeOutput(context, savedViews, written, values);
	},
});
