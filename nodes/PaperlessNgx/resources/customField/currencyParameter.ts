import { PaperlessError } from '../../../api/errors';
import type { Parameter } from '../../../toolkit/parameter';

export const currencyParameter = {
	displayName: 'Default Currency',
	name: 'defaultCurrency',
	type: 'string',
	default: '',
	placeholder: 'e.g. EUR',
	description: 'Three letters; only for a monetary field',
} as const satisfies Parameter;

/** The currency in the form that the server accepts: three capital letters. */
export function currencyFrom(text: string): string {
	const currency = text.trim().toUpperCase();
	if (/^[A-Z]{3}$/.test(currency)) return currency;
	throw new PaperlessError('invalid', '“Default Currency” is not a currency', {
		description: `Received “${text}”. Enter three letters, e.g. EUR.`,
		parameter: 'defaultCurrency',
	});
}
