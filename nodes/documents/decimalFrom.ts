type Decimal = {
	/** In the form of a JSON number, e.g. `-1234.50` */
	text: string;
	/** True where the only separator stands before three digits: `1.234` may mean 1234 as well. */
	isAmbiguous: boolean;
	/** True where the number is one of JSON as well, whose separator is a point. */
	isPlain: boolean;
};

const grouped = /^\d{1,3}(?:([.,'’ \u00a0\u202f])\d{3}(?:\1\d{3})*)(?:([.,])(\d+))?$/;
const simple = /^(\d*)(?:([.,])(\d+))?$/;

function unsigned(text: string): Decimal | undefined {
	const [match, separator = '', decimalSign, decimals] = grouped.exec(text) ?? [];
	if (match !== undefined && separator !== decimalSign && !text.startsWith('0')) {
		const whole = (decimalSign ? text.slice(0, text.lastIndexOf(decimalSign)) : text)
			.split(separator)
			.join('');
		const isAmbiguous =
			decimalSign === undefined && /[.,]/.test(separator) && text.split(separator).length === 2;
		return {
			text: isAmbiguous ? text.replace(',', '.') : `${whole}${decimals ? `.${decimals}` : ''}`,
			isAmbiguous,
			isPlain: isAmbiguous && separator === '.',
		};
	}
	const [, whole, sign, fraction] = simple.exec(text) ?? [];
	if (whole === undefined || (whole === '' && fraction === undefined)) return undefined;
	return {
		text: `${whole === '' ? '0' : whole}${fraction === undefined ? '' : `.${fraction}`}`,
		isAmbiguous: false,
		isPlain: sign !== ',',
	};
}

/**
 * Reads a number as people write it: with a point or a comma before its decimals, and with points,
 * commas, blanks or apostrophes between thousands. `undefined` for any other text.
 */
export function decimalFrom(written: string): Decimal | undefined {
	const text = written.trim();
	const sign = /^[-−+]/.exec(text)?.[0] ?? '';
	const decimal = unsigned(text.slice(sign.length).trim());
	return (
		decimal && { ...decimal, text: `${sign === '' || sign === '+' ? '' : '-'}${decimal.text}` }
	);
}
