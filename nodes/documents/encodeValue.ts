import { abridge } from '../api/abridge';
import { characterCount } from '../api/characterCount';
import { PaperlessError } from '../api/errors';
import type { CustomField } from '../api/schemas/named';
import { booleanFrom } from '../toolkit/booleanFrom';
import { dateObjectText, plainDate } from '../toolkit/dates';
import { amountFrom } from './amountFrom';
import { decimalFrom } from './decimalFrom';
import { fitsInteger } from './fitsInteger';
import { optionsIn, quotedLabels, selectedOption } from './selectedOption';

/** The limits of the server (docs/paperless-api.md#custom-field-limits). */
const limits = { string: 128, url: 200, wholeDigits: 10 } as const;

/**
 * Returns a value in the right JSON type; with a wrong type most servers answer 500
 * (docs/paperless-api.md#custom-field-values).
 */
type Encode = (value: unknown, field: CustomField, timeZone: string) => unknown;

const refuse = (field: CustomField, expected: string, value: unknown): never => {
	throw new PaperlessError('invalid', `Custom field “${field.name}” must be ${expected}`, {
		description: `Received ${abridge(typeof value === 'number' ? String(value) : String(JSON.stringify(value)))}.`,
	});
};

function textOf(value: unknown, field: CustomField): string {
	const isPlain = ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
	const text = dateObjectText(value) ?? (isPlain ? String(value) : refuse(field, 'text', value));
	return text.includes('\0') ? refuse(field, 'text without NUL characters', value) : text;
}

function shortText(value: unknown, field: CustomField, limit: number): string {
	const text = textOf(value, field);
	return characterCount(text) <= limit
		? text
		: refuse(field, `text of at most ${limit} characters`, value);
}

/** The number that a text means. For whole numbers `1.000` has two readings. */
function numberFrom(text: string, isWhole: boolean): unknown {
	if (/^[+-]?\d+(\.\d+)?e[+-]?\d+$/i.test(text)) return Number(text);
	const decimal = decimalFrom(text);
	const isReadable = decimal && (!decimal.isAmbiguous || (decimal.isPlain && !isWhole));
	return isReadable ? Number(decimal.text) : text;
}

const number =
	(expected: string, isWhole: boolean, fits: (value: number) => boolean): Encode =>
	(value, field) => {
		const read = typeof value === 'string' ? numberFrom(value.trim(), isWhole) : value;
		return typeof read === 'number' && fits(read) ? read : refuse(field, expected, value);
	};

/**
 * The server rejects a currency without decimals: `EUR12` is invalid, `EUR12.00` is not
 * (docs/paperless-api.md#amounts).
 */
const monetary: Encode = (value, field) => {
	const fieldCurrency = (field.extra_data?.default_currency ?? '').toUpperCase();
	const written = typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
	const plain = typeof value === 'number' && decimalFrom(String(written))?.text;
	const amount =
		typeof written === 'string'
			? amountFrom(plain ? withCents(plain) : written, fieldCurrency)
			: undefined;
	if (amount === undefined) {
		return refuse(
			field,
			'an amount such as EUR12.50 or 12.50 with at most two decimals and one reading',
			value,
		);
	}
	const currency = amount.currency || fieldCurrency;
	const digits = amount.number.replace(/^-/, '').indexOf('.');
	return currency === '' && digits > limits.wholeDigits
		? refuse(field, `an amount of at most ${limits.wholeDigits} digits before the decimals`, value)
		: `${currency}${amount.number}`;
};

/** A number of JSON has one reading; with two decimals its text has one as well. */
const withCents = (text: string): string => {
	const [whole = '', cents = ''] = text.split('.');
	return `${whole}.${cents.padEnd(2, '0')}`;
};

const documentLinks: Encode = (value, field) => {
	const entries =
		typeof value === 'string' ? value.replace(/^\[|\]$/g, '').split(',') : [value].flat();
	const texts = entries.map((entry) =>
		String(entry)
			.trim()
			.replace(/^"(.*)"$/, '$1'),
	);
	const ids = texts.map((text) => (/^\d+$/.test(text) ? Number(text) : 0));
	return ids.every((id) => Number.isSafeInteger(id) && id > 0)
		? [...new Set(ids)]
		: refuse(field, 'document IDs such as 12, 34', value);
};

const select: Encode = (value, field) => {
	const isText = ['string', 'number', 'boolean'].includes(typeof value);
	const text = isText ? String(value) : refuse(field, 'the label of an option', value);
	return (
		selectedOption(field, text)?.id ??
		refuse(field, `one of ${quotedLabels(optionsIn(field))}`, value)
	);
};

/** A type may have any name, also one that every object knows, such as “toString”. */
const encoders = new Map<string, Encode>(
	Object.entries({
		boolean: (value, field) => booleanFrom(value) ?? refuse(field, 'true or false', value),
		date: (value, field, timeZone) => plainDate(value, field.name, timeZone),
		documentlink: documentLinks,
		float: number('a number', false, Number.isFinite),
		integer: number('a whole number of at most 32 bits', true, fitsInteger),
		longtext: textOf,
		monetary,
		select,
		string: (value, field) => shortText(value, field, limits.string),
		url: (value, field) => {
			const address = shortText(value, field, limits.url).trim();
			return /^[a-z][a-z0-9+.-]*:\S+$/i.test(address)
				? address
				: refuse(field, 'an address with its scheme, e.g. https://…', value);
		},
	}),
);

/**
 * A value in the type of its field; types that this package does not know keep it as it is. What has
 * one reading is taken, e.g. `12,50 EUR`. Throws an error of the kind `invalid` about any other value.
 */
export const encodeValue = (field: CustomField, value: unknown, timeZone: string): unknown =>
	encoders.get(field.data_type)?.(value, field, timeZone) ?? value;
