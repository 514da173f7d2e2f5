import { PaperlessError } from '../../../api/errors';
import type { CustomField, CustomFieldDraft } from '../../../api/schemas/named';
import { oneOf } from '../../../toolkit/parameterBuilders';
import type { Json } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';

export const customFieldParameter = oneOf(
	'Custom Field',
	'customField',
	'searchCustomFields',
	'Due',
);

export const typeParameter = {
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
	description: 'It cannot be changed later',
} as const satisfies Parameter;

export const optionsParameter = {
	displayName: 'Select Options',
	name: 'selectOptions',
	type: 'string',
	default: '',
	placeholder: 'e.g. Open, Paid, Overdue',
	typeOptions: { isList: true },
	description: 'Labels, separated by commas or as an array',
} as const satisfies Parameter;

export const currencyParameter = {
	displayName: 'Default Currency',
	name: 'defaultCurrency',
	type: 'string',
	default: '',
	placeholder: 'e.g. EUR',
	description: 'For a monetary field: three letters',
} as const satisfies Parameter;

export const labelsFrom = (text: string): string[] => [
	...new Set(
		text
			.split(',')
			.map((label) => label.trim())
			.filter(Boolean),
	),
];

export function currencyFrom(text: string): string {
	const currency = text.trim().toUpperCase();
	if (/^[A-Z]{3}$/.test(currency)) return currency;
	throw new PaperlessError('invalid', '“Default Currency” is not a currency', {
		description: `It is “${text}”. Write its three letters, e.g. EUR.`,
		parameter: 'defaultCurrency',
	});
}

export const optionsOf = ({ extra_data }: CustomField) =>
	(extra_data?.select_options ?? []).flatMap((option) => (option ? [option] : []));

/** A select field is refused without all of its options, whatever else is changed (trap 16). */
export const keepingOptions = (field: CustomField, changes: CustomFieldDraft): CustomFieldDraft =>
	field.data_type === 'select' && changes.extra_data?.select_options === undefined
		? { ...changes, extra_data: { ...changes.extra_data, select_options: optionsOf(field) } }
		: changes;

export const shown = (field: CustomField): Json => ({
	...field,
	...(field.data_type === 'select' && { options: optionsOf(field).map(({ label }) => label) }),
});
