import { PaperlessError } from '../../../api/errors';
import type { CustomField, CustomFieldDraft } from '../../../api/schemas/named';
import type { Context } from '../../../toolkit/operation';
import { trimmedName } from '../capabilities/create';
import { currencyFrom, keepingOptions, labelsFrom, optionsOf } from './fields';

export type NewField = {
	name: string;
	dataType: string;
	selectOptions: string;
	defaultCurrency: string;
};

function extraData({
	dataType,
	selectOptions,
	defaultCurrency,
}: NewField): CustomFieldDraft['extra_data'] {
	if (dataType === 'select') {
		const labels = labelsFrom(selectOptions);
		if (labels.length > 0) return { select_options: labels.map((label) => ({ label })) };
		throw new PaperlessError('invalid', 'A select field needs its options', {
			description: 'Enter at least one label under “Select Options”.',
			parameter: 'selectOptions',
		});
	}
	if (dataType === 'monetary' && defaultCurrency !== '') {
		return { default_currency: currencyFrom(defaultCurrency) };
	}
	return undefined;
}

export async function createField({ api, names }: Context, field: NewField): Promise<CustomField> {
	const extra = extraData(field);
	const draft = {
		name: trimmedName(field.name),
		data_type: field.dataType,
		...(extra && { extra_data: extra }),
	};
	const created = await api.customFields.create(draft);
	await names.add('customField', created);
	return created;
}

/** Adds the labels that are missing; those that are there keep their ids, and so documents their values. */
export async function completeField(
	{ api }: Context,
	existing: CustomField,
	wanted: NewField,
): Promise<CustomField> {
	if (existing.data_type !== wanted.dataType) {
		throw new PaperlessError(
			'invalid',
			`The custom field “${existing.name}” is of the type ${existing.data_type}`,
			{
				description:
					'Changing its type would hide the values that documents have. Choose another name, or delete the field first.',
				parameter: 'dataType',
			},
		);
	}
	const options = optionsOf(existing);
	const missing = labelsFrom(wanted.selectOptions).filter((label) =>
		options.every((option) => option.label !== label),
	);
	const currency =
		wanted.dataType === 'monetary' && wanted.defaultCurrency !== ''
			? currencyFrom(wanted.defaultCurrency)
			: undefined;
	if (missing.length === 0 && currency === undefined) return existing;
	const changes: CustomFieldDraft =
		currency === undefined
			? { extra_data: { select_options: [...options, ...missing.map((label) => ({ label }))] } }
			: { extra_data: { default_currency: currency } };
	return await api.customFields.update(existing.id, keepingOptions(existing, changes));
}
