import { PaperlessError } from '../../api/errors';
import type { CustomField } from '../../api/schemas/named';
import { fitsInteger } from '../fitsInteger';
import type { CustomFieldIntent } from './documentIntent';

/** Whether a document has the field without a value, or lacks it. */
export const isEmptyValue = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	(Array.isArray(value) && value.length === 0);

/** The number of digits behind the point, of a number such as 12.5 or 1e-7. */
function decimalsOf(number: number): number {
	const [digits = '', exponent = '0'] = String(number).split('e');
	return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
}

/** The most digits that JavaScript writes behind the point. */
const mostDecimals = 100;

/** The sum of decimal fractions, without the dust of binary ones. */
export function sum(a: number, b: number): number {
	const decimals = Math.max(decimalsOf(a), decimalsOf(b));
	return decimals > mostDecimals ? a + b : Number((a + b).toFixed(decimals));
}

const amountPattern = /^([A-Z]{3})?(-?\d+(?:\.\d+)?)$/;

/**
 * A number or an amount with something added. No value counts as 0; an amount keeps its currency, and
 * a new one gets that of the field. `undefined` where the value cannot be read.
 */
export function incremented(
	field: CustomField | undefined,
	value: unknown,
	by: number,
): number | string | undefined {
	if (field?.data_type !== 'monetary') {
		const total = isEmptyValue(value) ? by : sum(Number(value), by);
		return Number.isNaN(total) ? undefined : total;
	}
	const currency = (field.extra_data?.default_currency ?? '').toUpperCase();
	if (isEmptyValue(value)) return `${currency}${by.toFixed(2)}`;
	const [, own = '', number] = amountPattern.exec(String(value)) ?? [];
	return number === undefined ? undefined : `${own}${sum(Number(number), by).toFixed(2)}`;
}

/** Why a document cannot get these increments; the server would answer 500 or store what is no number. */
export function incrementRefusal(
	id: number,
	{ increments = {} }: CustomFieldIntent,
	before: ReadonlyMap<number, unknown>,
	fields: ReadonlyMap<number, CustomField>,
): PaperlessError | undefined {
	for (const [key, by] of Object.entries(increments)) {
		const field = fields.get(Number(key));
		const value = before.get(Number(key));
		const total = incremented(field, value, by);
		const fits = field?.data_type !== 'integer' || fitsInteger(Number(total));
		if (total !== undefined && fits) continue;
		return new PaperlessError(
			'invalid',
			`Custom field “${field?.name ?? key}” of document ${id} cannot be incremented`,
			{
				description: fits
					? `Its value is ${JSON.stringify(value)}.`
					: `Its value would be ${String(total)}, which is more than the field holds.`,
				parameter: 'incrementCustomFields',
			},
		);
	}
	return undefined;
}
