import { PaperlessError } from '../api/errors';
import type { CustomField } from '../api/schemas/named';
import { plainDate } from '../toolkit/dates';
import type { Context } from '../toolkit/operation';
import type { MappedFields } from '../toolkit/parameter';

const stringLimit = 128;

/**
 * Returns a value in the right JSON type; with a wrong type most servers answer 500
 * (docs/paperless-api.md#custom-field-values).
 */
type Encode = (value: unknown, field: CustomField) => unknown;

const refuse = (field: CustomField, expected: string, value: unknown): never => {
	throw new PaperlessError('invalid', `Custom field “${field.name}” must be ${expected}`, {
		description: `Received ${JSON.stringify(value)}.`,
	});
};

const text: Encode = (value, field) =>
	['string', 'number', 'boolean'].includes(typeof value)
		? String(value)
		: refuse(field, 'text', value);

const number =
	(expected: string, fits: (value: number) => boolean): Encode =>
	(value, field) => {
		const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		return typeof parsed === 'number' && fits(parsed) ? parsed : refuse(field, expected, value);
	};

const monetaryPattern = /^([A-Z]{3})?\s*(-?\d+)(?:\.(\d{1,2}))?$/;

/**
 * The server rejects a currency without decimals: `EUR12` is invalid, `EUR12.00` is not
 * (docs/paperless-api.md#amounts).
 */
const monetary: Encode = (value, field) => {
	const given = typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
	const [, prefix = '', whole, cents = ''] = monetaryPattern.exec(String(given).trim()) ?? [];
	if (whole === undefined) return refuse(field, 'an amount such as EUR12.50 or 12.50', value);
	const currency = prefix || (field.extra_data?.default_currency ?? '').toUpperCase();
	return `${currency}${whole}.${cents.padEnd(2, '0')}`;
};

const documentLinks: Encode = (value, field) => {
	const entries = typeof value === 'string' ? value.split(',') : [value].flat();
	const ids = entries.map((entry) => Number(String(entry).trim()));
	return ids.every((id) => Number.isInteger(id) && id > 0)
		? [...new Set(ids)]
		: refuse(field, 'document IDs such as 12, 34', value);
};

const select: Encode = (value, field) => {
	const choices = (field.extra_data?.select_options ?? []).flatMap((option) =>
		option ? [option] : [],
	);
	const idOrLabel = String(value);
	const choice =
		choices.find(({ id }) => id === idOrLabel) ?? choices.find(({ label }) => label === idOrLabel);
	return (
		choice?.id ??
		refuse(field, `one of ${choices.map(({ label }) => `“${label}”`).join(', ')}`, value)
	);
};

const encoders: Readonly<Record<string, Encode>> = {
	boolean: (value, field) => {
		if (value === true || value === 'true' || value === 1) return true;
		if (value === false || value === 'false' || value === 0) return false;
		return refuse(field, 'true or false', value);
	},
	date: (value, field) => plainDate(String(value), field.name),
	documentlink: documentLinks,
	float: number('a number', Number.isFinite),
	integer: number(
		'a whole number of at most 32 bits',
		(value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31,
	),
	longtext: text,
	monetary,
	select,
	string: (value, field) => {
		const words = String(text(value, field));
		return words.length <= stringLimit
			? words
			: refuse(field, `text of at most ${stringLimit} characters`, value);
	},
	url: (value, field) =>
		/^[a-z][a-z0-9+.-]*:\S+$/i.test(String(value))
			? String(value)
			: refuse(field, 'an address with its scheme, e.g. https://…', value),
};

/** A value in the type of its field; types that this package does not know keep it as it is. */
export const encodeValue: (field: CustomField, value: unknown) => unknown = (field, value) =>
	encoders[field.data_type]?.(value, field) ?? value;

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** Values by field id, in the type of each field. Empty values are left out: clearing is explicit. */
export async function encodeCustomFields(
	{ names }: Context,
	mapped: MappedFields,
): Promise<Record<string, unknown>> {
	const filled = Object.entries(mapped).filter(([, value]) => !isEmpty(value));
	const encoded = await Promise.all(
		filled.map(async ([reference, value]) => {
			const field = await names.find('customField', reference);
			return [String(field.id), encodeValue(field, value)] as const;
		}),
	);
	return Object.fromEntries(encoded);
}

/** A value as people read it: the label of a select option, and any other value as it is. */
export function readableValue(field: CustomField, value: unknown): unknown {
	if (field.data_type !== 'select') return value;
	const choices = field.extra_data?.select_options ?? [];
	return choices.find((option) => option?.id === value)?.label ?? value;
}
