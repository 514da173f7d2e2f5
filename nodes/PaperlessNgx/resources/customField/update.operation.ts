import { defineOperation } from '../../../toolkit/operation';
import { notice } from '../../../toolkit/parameterBuilders';
import { rowTitle } from '../../../toolkit/rowTitle';
import { clearedFrom, clearParameter } from '../capabilities/clearParameter';
import { someChanges } from '../capabilities/editable';
import { newNameParameter, trimmedName } from '../capabilities/nameParameter';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import { simplifyParameter } from '../capabilities/simplify';
import { changeOutput } from '../capabilities/writeFields';
import { accessUnlessDry, dryRunParameter } from '../shared/dryRun';
import { currencyFrom, currencyParameter } from './currencyParameter';
import { customFields } from './customFields';
import { labelsFrom, optionsParameter } from './changedOptions';
import { notYetChanged } from './notYetChanged';
import { writeField } from './writeField';

const clearable = {
	defaultCurrency: { label: 'Default Currency', field: 'currency', empty: null },
} as const;

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update custom field',
	description: 'Rename a custom field, or add, rename and remove the options of a select field',
	access: accessUnlessDry,
	destroys: ({ updateFields }) => labelsFrom(updateFields.removeOptions ?? '').length > 0,
	parameters: [
		locatorParameter(customFields),
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				newNameParameter(customFields),
				clearParameter(clearable),
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
					typeOptions: {
						multipleValues: true,
						fixedCollection: { itemTitle: rowTitle('from', 'to') },
					},
					placeholder: 'Add Option',
					default: {},
					description: 'Documents keep their values',
					options: [
						{
							displayName: 'Option',
							name: 'rows',
							values: [
								{
									displayName: 'From',
									name: 'from',
									type: 'string',
									default: '',
									placeholder: 'e.g. Open',
								},
								{
									displayName: 'To',
									name: 'to',
									type: 'string',
									default: '',
									placeholder: 'e.g. Unpaid',
								},
							],
						},
					],
				},
			],
		},
		notice(
			'optionsNotice',
			'Removing an option cannot be undone. Documents that have it lose their value.',
			{ '/updateFields.removeOptions': [{ _cnd: { exists: true } }], dryRun: [false] },
		),
		simplifyParameter,
		dryRunParameter,
	],
	// Several items may change the options of the same field.
	target: () => 'all',
	async execute(context, values) {
		const { dryRun, updateFields } = values;
		const { addOptions = '', clear = [], defaultCurrency = '', name = '' } = updateFields;
		const { removeOptions = '', renameOptions = {} } = updateFields;
		const options = {
			added: labelsFrom(addOptions),
			removed: labelsFrom(removeOptions),
			renamed: (renameOptions.rows ?? []).map(({ from, to }) => [from.trim(), to.trim()] as const),
		};
		const changesOptions = Object.values(options).some((labels) => labels.length > 0);
		const isSet = defaultCurrency.trim() !== '';
		const cleared = clearedFrom(clearable, clear, isSet ? { currency: defaultCurrency } : {});
		const changes = someChanges(
			{
				...(name.trim() !== '' && { name: trimmedName(name) }),
				...(isSet && { currency: currencyFrom(defaultCurrency) }),
				...cleared,
				...(changesOptions && { options }),
			},
			'Add a field under “Update Fields”. An empty field leaves its value unchanged.',
		);
		const { id } = await chosenRow(context, customFields, values);
		if (dryRun) return await notYetChanged(context, id, changes, values);
		const written = await writeField(context, id, changes);
		return await changeOutput(context, customFields, written, values);
	},
});
