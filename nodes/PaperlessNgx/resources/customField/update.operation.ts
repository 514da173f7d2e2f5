import type { CustomField, CustomFieldDraft } from '../../../api/schemas/named';
import { defineOperation } from '../../../toolkit/operation';
import { someChanges } from '../capabilities/editable';
import { newNameParameter, trimmedName } from '../capabilities/nameParameter';
import { chosenRow, locatorParameter, outputOf } from '../capabilities/readable';
import { currencyFrom, currencyParameter } from './currencyParameter';
import { customFields } from './customFields';
import { changedOptions, labelsFrom, optionsParameter, selectOptions } from './selectOptions';

/**
 * The server rejects any change of a select field without all of its options
 * (docs/paperless-api.md#select-options).
 */
const withOptions = (field: CustomField, changes: CustomFieldDraft): CustomFieldDraft =>
	field.data_type === 'select' && changes.extra_data?.select_options === undefined
		? { ...changes, extra_data: { ...changes.extra_data, select_options: selectOptions(field) } }
		: changes;

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
	async execute(context, values) {
		const { addOptions, defaultCurrency, name, removeOptions, renameOptions } = values.updateFields;
		const field = await chosenRow(context, customFields, values);
		const options = changedOptions(field, {
			added: labelsFrom(addOptions ?? ''),
			removed: labelsFrom(removeOptions ?? ''),
			renamed: new Map((renameOptions?.rows ?? []).map(({ from, to }) => [from.trim(), to.trim()])),
		});
		const changes: CustomFieldDraft = someChanges(
			{
				...(name !== undefined && { name: trimmedName(name) }),
				...(defaultCurrency !== undefined && {
					extra_data: { default_currency: currencyFrom(defaultCurrency) },
				}),
				...(options && { extra_data: { select_options: options } }),
			},
			'Add a field under “Update Fields”.',
		);
		const updated = await context.api.customFields.update(field.id, withOptions(field, changes));
		return [await outputOf(context, customFields, updated)];
	},
});
