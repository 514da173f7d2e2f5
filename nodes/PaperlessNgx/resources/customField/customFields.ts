import { PaperlessError } from '../../../api/errors';
import type { CustomField, CustomFieldDraft } from '../../../api/schemas/named';
import type { Parameter } from '../../../toolkit/parameter';
import type { Editable } from '../capabilities/editable';
import { defineFields } from '../capabilities/editable';
import { currencyFrom, currencyParameter } from './currencyParameter';
import { labelsFrom, labelsOf, optionsParameter } from './changedOptions';
import { writeField } from './writeField';

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

/** The parts of `extra_data` that this package writes. */
function comparable(extraData: unknown) {
	const extra = (extraData ?? {}) as NonNullable<CustomField['extra_data']>;
	const options = (extra.select_options ?? []).flatMap((option) => (option ? [option] : []));
	return [options.map(({ label }) => label.trim()), extra.default_currency || null];
}

function requireType({ name, data_type: type }: CustomField, wanted: string | undefined): void {
	if (wanted === undefined || type === wanted) return;
	throw new PaperlessError('invalid', `The custom field “${name}” is of the type ${type}`, {
		description:
			'Another type would hide the values that documents have. Choose another name, or delete the field first.',
		parameter: 'dataType',
	});
}

export const customFields: Editable<'customField', CustomFieldDraft> = {
	kind: 'customField',
	noun: 'custom field',
	plural: 'custom fields',
	picker: 'searchCustomFields',
	example: 'Due',
	collection: (api) => api.customFields,
	sortings: [{ name: 'Name', value: 'name' }],
	present: (field) =>
		field.data_type === 'select' ? { ...field, options: labelsOf(field) } : field,
	technical: ['extra_data'],
	clarify: async () => (field) =>
		field.data_type === 'monetary'
			? { default_currency: field.extra_data?.default_currency || null }
			: {},
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
				defaultCurrency.trim() !== '' && {
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
	sameness: {
		extra_data: (asked, stored) =>
			JSON.stringify(comparable(asked)) === JSON.stringify(comparable(stored)),
	},
	facts: (field) => ({
		name: field.name,
		options: labelsOf(field),
		default_currency: field.extra_data?.default_currency || null,
	}),
	async write(context, _editable, existing, { data_type: wantedType, extra_data: wanted = {} }) {
		requireType(existing, wantedType);
		return await writeField(context, existing.id, {
			options: { added: (wanted.select_options ?? []).map(({ label }) => label) },
			...(wanted.default_currency && { currency: wanted.default_currency }),
		});
	},
};
