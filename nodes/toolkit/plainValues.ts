import { booleanFrom } from './booleanFrom';
import { dateObjectText } from './dates';
import type { Parameter } from './parameter';
import { rejectValue } from './rejectValue';

const numberPattern = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

export function toNumber(parameter: Parameter, value: unknown): number {
	const isNumberText = typeof value === 'string' && numberPattern.test(value.trim());
	const number = isNumberText ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number))
		return rejectValue(parameter, 'a number', value);
	const {
		minValue = Number.NEGATIVE_INFINITY,
		maxValue = Number.POSITIVE_INFINITY,
		numberPrecision,
	} = parameter.typeOptions ?? {};
	if (number < minValue) return rejectValue(parameter, `at least ${minValue}`, value);
	if (number > maxValue) return rejectValue(parameter, `at most ${maxValue}`, value);
	if (numberPrecision === 0 && !Number.isInteger(number))
		return rejectValue(parameter, 'a whole number', value);
	return number;
}

export const toBoolean = (parameter: Parameter, value: unknown): boolean =>
	booleanFrom(value) ?? rejectValue(parameter, 'true or false', value);

/** An entry that contains a comma is put in double quotes, so that it stays one entry of the text. */
const listEntry = (entry: string): string =>
	/[",]/.test(entry) ? `"${entry.replaceAll('"', '""')}"` : entry;

/** An entry that is missing must not shorten a list without a word. */
function toListText(parameter: Parameter, entries: readonly unknown[]): string {
	const texts = entries.map((entry) =>
		entry === null || entry === undefined
			? rejectValue(parameter, 'a list without empty entries', entries)
			: listEntry(toText(parameter, entry)),
	);
	return texts.join(', ');
}

/** Date pickers and expressions may also yield luxon or JavaScript dates, which have an ISO form. */
export function toText(parameter: Parameter, value: unknown): string {
	const wanted = parameter.type === 'dateTime' ? 'a date' : 'text';
	if (typeof value === 'string') {
		// Empty means something here, and blanks must not choose it.
		const isBlank = value !== '' && value.trim() === '';
		return parameter.emptyByHand && isBlank ? rejectValue(parameter, wanted, value) : value;
	}
	if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
	if (value === null || value === undefined) {
		// Nor must an expression that returns nothing.
		return parameter.emptyByHand ? rejectValue(parameter, wanted, value) : '';
	}
	if (Array.isArray(value) && parameter.typeOptions?.isList) return toListText(parameter, value);
	const date = dateObjectText(value);
	if (date !== undefined) return date;
	if (parameter.type === 'json') return JSON.stringify(value);
	return rejectValue(parameter, wanted, value);
}

const folded = (text: unknown) => String(text).trim().toLowerCase();

/** The value of an option. An expression may also return its label, in any case. */
export function toChoice(parameter: Parameter, value: unknown): unknown {
	const choices = (parameter.options ?? []).flatMap((option) =>
		'value' in option ? [option] : [],
	);
	if (choices.length === 0 || choices.some((choice) => choice.value === value)) return value;
	const isText = typeof value === 'string' || typeof value === 'number';
	const matches = choices.filter(
		(choice) =>
			isText && [choice.value, choice.name].some((text) => folded(text) === folded(value)),
	);
	const [match, ...others] = matches;
	return match !== undefined && others.length === 0
		? match.value
		: rejectValue(parameter, `one of ${choices.map(({ name }) => name).join(', ')}`, value);
}

/** The values of several options, from a list or from text that separates them by commas. */
export const toChoices = (parameter: Parameter, value: unknown): unknown[] =>
	(typeof value === 'string' ? value.split(',') : [value].flat()).map((choice) =>
		toChoice(parameter, choice),
	);
