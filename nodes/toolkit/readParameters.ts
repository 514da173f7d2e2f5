import { PaperlessError } from '../api/errors';
import { isRecord } from '../api/json';
import type { Locator, Parameter, ValuesOf } from './parameter';

/** Returns one parameter from n8n, with its expressions resolved. */
type Read = (name: string, fallback: unknown) => unknown;

const reject = (parameter: Parameter, wanted: string, value: unknown): never => {
	const received = typeof value === 'object' ? JSON.stringify(value) : String(value);
	throw new PaperlessError('invalid', `“${parameter.displayName}” must be ${wanted}`, {
		description: `Received “${received}”. Check the expression in this field.`,
		parameter: parameter.name,
	});
};

function toNumber(parameter: Parameter, value: unknown): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number))
		return reject(parameter, 'a number', value);
	const {
		minValue = Number.NEGATIVE_INFINITY,
		maxValue = Number.POSITIVE_INFINITY,
		numberPrecision,
	} = parameter.typeOptions ?? {};
	if (number < minValue) return reject(parameter, `at least ${minValue}`, value);
	if (number > maxValue) return reject(parameter, `at most ${maxValue}`, value);
	if (numberPrecision === 0 && !Number.isInteger(number))
		return reject(parameter, 'a whole number', value);
	return number;
}

function toBoolean(parameter: Parameter, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	if (value === 'true' || value === 1) return true;
	if (value === 'false' || value === 0) return false;
	return reject(parameter, 'true or false', value);
}

/** Date pickers and expressions may also yield luxon or JavaScript dates, which have an ISO form. */
function toText(parameter: Parameter, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (value === null || value === undefined) {
		// Empty means something here, and an expression that yields nothing must not choose it.
		return parameter.typeOptions?.emptyByHand ? reject(parameter, 'a value', value) : '';
	}
	if (value instanceof Date) return value.toISOString();
	if (Array.isArray(value) && parameter.typeOptions?.isList) {
		return value.map((entry) => toText(parameter, entry)).join(', ');
	}
	if (isRecord(value) && 'toISO' in value && typeof value.toISO === 'function') {
		return String(value.toISO());
	}
	if (parameter.type === 'json') return JSON.stringify(value);
	return reject(parameter, 'text', value);
}

/** An expression may yield the whole locator, or only the id or the name. */
function toLocator(value: unknown): Locator {
	if (isRecord(value)) {
		return { mode: String(value.mode ?? 'list'), value: String(value.value ?? '').trim() };
	}
	const text = value === null || value === undefined ? '' : String(value).trim();
	return { mode: /^\d+$/.test(text) ? 'id' : 'name', value: text };
}

function toGroups(parameter: Parameter, value: unknown): Record<string, unknown> {
	const given = isRecord(value) ? value : {};
	const groups = (parameter.options ?? []).flatMap((option) =>
		'values' in option && given[option.name] !== undefined ? [option] : [],
	);
	return Object.fromEntries(
		groups.map((group) => {
			const rows = [given[group.name]].flat().map((row) => toGroup(group.values, row));
			return [group.name, parameter.typeOptions?.multipleValues ? rows : rows[0]];
		}),
	);
}

/** All values of a group. A missing value has its default, unlike the value of an expression that yields nothing. */
function toGroup(parameters: readonly Parameter[], values: unknown): Record<string, unknown> {
	const given = isRecord(values) ? values : {};
	return Object.fromEntries(
		parameters.map((parameter) => [
			parameter.name,
			coerce(parameter, parameter.name in given ? given[parameter.name] : parameter.default),
		]),
	);
}

/**
 * The values that the user has set. In a collection a missing value means “leave it unchanged”. A
 * field whose expression yields nothing is kept as `undefined`, because in a filter it must not mean
 * “everything”. An unknown field is rejected: a misspelled filter would let every document pass.
 */
function toFields(collection: Parameter, values: unknown): Record<string, unknown> {
	const parameters = collection.options as readonly Parameter[];
	const given = isRecord(values) ? values : {};
	const unknown = Object.keys(given).find((key) => parameters.every(({ name }) => name !== key));
	if (unknown !== undefined) {
		throw new PaperlessError('invalid', `“${collection.displayName}” has no field “${unknown}”`, {
			description: `The workflow was edited by hand or created with another version of this node. Available fields: ${parameters.map(({ name }) => name).join(', ')}.`,
			parameter: collection.name,
		});
	}
	return Object.fromEntries(
		parameters
			.filter(({ name }) => name in given)
			.map((parameter) => {
				const value = given[parameter.name];
				return [parameter.name, value === undefined ? undefined : coerce(parameter, value)];
			}),
	);
}

function toChoice(parameter: Parameter, value: unknown): unknown {
	const choices = (parameter.options ?? []).flatMap((option) =>
		'value' in option ? [option] : [],
	);
	const known = choices.length === 0 || choices.some((choice) => choice.value === value);
	return known
		? value
		: reject(parameter, `one of ${choices.map(({ name }) => name).join(', ')}`, value);
}

function coerce(parameter: Parameter, value: unknown): unknown {
	const loaded = parameter.typeOptions?.loadOptionsMethod !== undefined;
	switch (parameter.type) {
		case 'boolean':
			return toBoolean(parameter, value);
		case 'number':
			return toNumber(parameter, value);
		case 'string':
		case 'dateTime':
		case 'json':
			return toText(parameter, value);
		case 'options':
			return loaded ? value : toChoice(parameter, value);
		case 'multiOptions':
			return loaded ? value : [value].flat().map((choice) => toChoice(parameter, choice));
		case 'resourceLocator':
			return toLocator(value);
		case 'resourceMapper':
			return isRecord(value) && isRecord(value.value) ? value.value : {};
		case 'collection':
			return toFields(parameter, value);
		case 'fixedCollection':
			return toGroups(parameter, value);
		default:
			return value;
	}
}

/**
 * Returns the values of parameters for one item, checked against their types, because expressions can
 * yield anything. Parameters that the panel hides have their default. Throws an error of the kind
 * `invalid` about the first value that does not fit.
 */
export function readParameters<P extends readonly Parameter[]>(
	parameters: P,
	read: Read,
): ValuesOf<P> {
	const values = parameters
		.filter(({ type }) => type !== 'notice' && type !== 'callout')
		.map((parameter) => [
			parameter.name,
			coerce(parameter, read(parameter.name, parameter.default)),
		]);
	return Object.fromEntries(values) as ValuesOf<P>;
}
