import { PaperlessError } from '../../../api/errors';
import type { CustomFieldDraft } from '../../../api/schemas/named';
import type { Parameter } from '../../../toolkit/parameter';
import type { Editable } from '../capabilities/editable';
import { defineFields } from '../capabilities/editable';
import { currencyFrom, currencyParameter } from './currencyParameter';
import { changedOptions, labelsFrom, optionsParameter, selectOptions } from './selectOptions';

const typeParameter = {
	displayName: 'Type',
	name: 'dataType',
	type: 'options',
	options: [
		{ name: 'Boolean', value: 'boolean' },
		{ name: 'Date', value: 'date' },
		{ name: 'Document Link', value: 'documentlink' },
		{ name: 'Float', value: 'float' },
		{ name: 'Integer', value: 'integer' },
		{ name: 'Long Text', value: 'longtext', description: 'Needs Paperless-ngx 2.19 or later' },
		{ name: 'Monetary', value: 'monetary' },
		{ name: 'Select', value: 'select' },
		{ name: 'Text', value: 'string', description: 'At most 128 characters' },
		{ name: 'URL', value: 'url' },
	],
	default: 'string',
	description: 'The type cannot be changed later',
} as const satisfies Parameter;

export const customFields: Editable<'customField', CustomFieldDraft> = {
	kind: 'customField',
	noun: 'custom field',
	plural: 'custom fields',
	picker: 'searchCustomFields',
	example: 'Due',
	collection: (api) => api.customFields,
	sortings: [{ name: 'Name', value: 'name' }],
	present: (field) =>
		field.data_type === 'select'
			? { ...field, options: selectOptions(field).map(({ label }) => label) }
			: field,
	mainFields: defineFields(
		[
			typeParameter,
			{ ...optionsParameter, displayOptions: { show: { dataType: ['select'] } } },
			{ ...currencyParameter, displayOptions: { show: { dataType: ['monetary'] } } },
		],
		(
			_context,
			{ dataType, selectOptions: labels = '', defaultCurrency = '' },
		): CustomFieldDraft => ({
			...(dataType && { data_type: dataType }),
			...(dataType === 'select' && {
				extra_data: { select_options: labelsFrom(labels).map((label) => ({ label })) },
			}),
			...(dataType === 'monetary' &&
				defaultCurrency !== '' && {
					extra_data: { default_currency: currencyFrom(defaultCurrency) },
				}),
		}),
	),
	newDraft(draft) {
		if (draft.extra_data?.select_options?.length !== 0) return draft;
		throw new PaperlessError('invalid', 'A select field needs options', {
			description: 'Enter at least one label under “Select Options”.',
			parameter: 'selectOptions',
		});
	},
	changes(existing, { data_type: wantedType, extra_data: wanted = {} }) {
		if (existing.data_type !== wantedType) {
			throw new PaperlessError(
				'invalid',
				`The custom field “${existing.name}” is of the type ${existing.data_type}`,
				{
					description:
						'Another type would hide the values that documents have. Choose another name, or delete the field first.',
					parameter: 'dataType',
				},
			);
		}
		const added = (wanted.select_options ?? []).map(({ label }) => label);
		const options = changedOptions(existing, { added });
		return {
			...(options && { extra_data: { select_options: options } }),
			...(wanted.default_currency && {
				extra_data: { default_currency: wanted.default_currency },
			}),
		};
	},
};
