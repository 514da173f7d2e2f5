import { decimalFrom } from './decimalFrom';

type Amount = {
	/** Three capital letters, or nothing where none is written */
	currency: string;
	/** With two decimals, e.g. `-12.50` */
	number: string;
};

/** Signs that belong to one currency. Dollars, yen and crowns are written in several. */
const signs = new Map([
	['£', 'GBP'],
	['€', 'EUR'],
	['₩', 'KRW'],
	['₪', 'ILS'],
	['₫', 'VND'],
	['₱', 'PHP'],
	['₴', 'UAH'],
	['₹', 'INR'],
	['₺', 'TRY'],
	['₽', 'RUB'],
]);

/** Signs of several currencies. They mean the currency of the field where it is one of these. */
const sharedSigns = new Map([
	['$', ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD', 'MXN', 'TWD']],
	['¥', ['JPY', 'CNY']],
]);

const codes = new Set(Intl.supportedValuesOf('currency'));

function currencyFrom(written: string, fieldCurrency: string): string | undefined {
	if (written === '') return '';
	const code = signs.get(written) ?? written.toUpperCase();
	if (codes.has(code)) return code;
	return sharedSigns.get(written)?.includes(fieldCurrency) ? fieldCurrency : undefined;
}

/** Characters. The pattern looks at blanks in many ways, so it must not see long text. */
const longestAmount = 64;

const currency = String.raw`([A-Za-z]{3}|[^\s\w.,'’+−-])?`;
const pattern = new RegExp(
	String.raw`^([-−+]?)\s*${currency}\s*([-−+]?)\s*(\d[\d.,'’ \u00a0\u202f]*?|[.,]\d+)\s*${currency}$`,
);

/**
 * Reads an amount as people write it: `12,50 EUR`, `€1.234,50`, `eur12.5`, `-12.50`. `undefined`
 * where it is not one amount or has several readings, such as `1.234` or `12.345`.
 */
export function amountFrom(written: string, fieldCurrency: string): Amount | undefined {
	const text = written.trim();
	if (text.length > longestAmount) return undefined;
	const [, outerSign = '', before = '', innerSign = '', digits, after = ''] =
		pattern.exec(text) ?? [];
	if (digits === undefined || (outerSign && innerSign) || (before && after)) return undefined;
	// Any three capital letters are a currency for the server.
	const code = /^[A-Z]{3}$/.test(before) ? before : currencyFrom(before || after, fieldCurrency);
	const decimal = decimalFrom(`${outerSign}${innerSign}${digits}`);
	if (code === undefined || decimal === undefined || decimal.isAmbiguous) return undefined;
	const [whole = '', cents = ''] = decimal.text.split('.');
	if (cents.length > 2) return undefined;
	return { currency: code, number: `${whole}.${cents.padEnd(2, '0')}` };
}
