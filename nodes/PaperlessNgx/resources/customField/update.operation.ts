import { PaperlessError } from '../../../api/errors';
import { defineOperation } from '../../../toolkit/operation';
import { optionsOf } from '../../../toolkit/optionsOf';
import { someChanges } from '../capabilities/editable';
import { newNameParameter, trimmedName } from '../capabilities/nameParameter';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import { changeOutput } from '../capabilities/writeFields';
import { currencyFrom, currencyParameter } from './currencyParameter';
import { customFields } from './customFields';
import { labelsFrom, optionsParameter } from './selectOptions';
import { writeField } from './writeField';

const clearable = { defaultCurrency: { label: 'Default Currency' } } as const;

/** The currency that is set, null where it is cleared, and `undefined` where it stays. */
function currencyChange(text: string, isCleared: boolean): string | null | undefined {
	if (text.trim() === '') return isCleared ? null : undefined;
	if (!isCleared) return currencyFrom(text);
	throw new PaperlessError('invalid', '“Default Currency” is both set and cleared', {
		description: 'Remove the field, or its entry under “Clear”.',
		parameter: 'defaultCurrency',
	});
}

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update custom field',
	description: 'Rename a custom field, or add, rename and remove the options of a select field',
	access: 'write',
	parameters: [
		locatorParameter(customFields),
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				newNameParameter,
				{
					displayName: 'Clear',
					name: 'clear',
					type: 'multiOptions',
					options: optionsOf(clearable),
					default: [],
					description: 'Fields to empty; an empty value elsewhere leaves its field unchanged',
				},
				currencyParameter,
				{
					...optionsParameter,
					displayName: 'Add Select Options',
					name: 'addOptions',
				},
				{
					...optionsParameter,
					displayName: 'Remove Select Options',
					name: 'removeOptions',
					placeholder: 'e.g. Overdue',
					description: 'Labels; documents with such an option lose it',
				},
				{
					displayName: 'Rename Select Options',
					name: 'renameOptions',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add Option',
					default: {},
					description: 'Documents keep their values',
					options: [
						{
							displayName: 'Option',
							name: 'rows',
							values: [
								{ displayName: 'From', name: 'from', type: 'string', default: '' },
								{ displayName: 'To', name: 'to', type: 'string', default: '' },
							],
						},
					],
				},
			],
		},
	],
	// Several items may change the options of the same field.
	target: () => 'all',
	async execute(context, values) {
		const { updateFields } = values;
		const { addOptions = '', clear = [], defaultCurrency = '', name = '' } = updateFields;
		const { removeOptions = '', renameOptions = {} } = updateFields;
		const options = {
			added: labelsFrom(addOptions),
			removed: labelsFrom(removeOptions),
			renamed: (renameOptions.rows ?? []).map(({ from, to }) => [from.trim(), to.trim()] as const),
		};
		const changesOptions = Object.values(options).some((labels) => labels.length > 0);
		const currency = currencyChange(defaultCurrency, clear.includes('defaultCurrency'));
		const changes = someChanges(
			{
				...(name.trim() !== '' && { name: trimmedName(name) }),
				...(currency !== undefined && { currency }),
				...(changesOptions && { options }),
			},
			'Add a field under “Update Fields”. An empty field leaves its value unchanged.',
		);
		const { id } = await chosenRow(context, customFields, values);
		return [await changeOutput(context, customFields, await writeField(context, id, changes))];
	},
});
