import { PaperlessError } from '../api/errors';
import { isNothing } from './isNothing';
import type { Parameter, ValuesOf } from './parameter';
import { isPlainRecord } from './plainRecord';
import { toBoolean, toChoice, toChoices, toNumber, toText } from './plainValues';
import { rejectValue } from './rejectValue';
import { toLocator } from './toLocator';
import { toMappedFields } from './toMappedFields';

/** Returns one parameter from n8n, with its expressions resolved. */
type Read = (name: string, fallback: unknown) => unknown;

/** The object of a collection or of a group. Nothing is an empty one, unless it would mean everything. */
function toRecord(parameter: Parameter, value: unknown): Record<string, unknown> {
	if (isPlainRecord(value)) return value;
	if (isNothing(parameter, value) && !parameter.rejectsEmpty) return {};
	return rejectValue(parameter, 'an object with its fields', value);
}

function toGroups(parameter: Parameter, value: unknown): Record<string, unknown> {
	const given = toRecord(parameter, value);
	const groups = (parameter.options ?? []).flatMap((option) =>
		'values' in option ? [option] : [],
	);
	const unknown = Object.keys(given).find((key) => groups.every(({ name }) => name !== key));
	if (unknown !== undefined) throw unknownField(parameter, unknown, groups);
	return Object.fromEntries(
		groups
			.filter((group) => given[group.name] !== undefined)
			.map((group) => {
				const rows = [given[group.name]].flat().map((row) => toGroup(parameter, group.values, row));
				return [group.name, parameter.typeOptions?.multipleValues ? rows : rows[0]];
			}),
	);
}

/** All values of a group. A missing value has its default, unlike the value of an expression that yields nothing. */
function toGroup(
	group: Parameter,
	parameters: readonly Parameter[],
	values: unknown,
): Record<string, unknown> {
	const given = isPlainRecord(values)
		? values
		: rejectValue(group, 'a list of objects with their fields', values);
	return Object.fromEntries(
		parameters.map((parameter) => [
			parameter.name,
			coerce(parameter, parameter.name in given ? given[parameter.name] : parameter.default),
		]),
	);
}

function unknownField(
	{ displayName, name: parameter }: Parameter,
	unknown: string,
	fields: ReadonlyArray<{ name: string }>,
): PaperlessError {
	return new PaperlessError('invalid', `“${displayName}” has no field “${unknown}”`, {
		description: `The workflow was edited by hand or created with another version of this node. Available fields: ${fields.map(({ name }) => name).join(', ')}.`,
		parameter,
	});
}

const emptyField = ({ displayName, name: parameter }: Parameter): PaperlessError =>
	new PaperlessError('invalid', `“${displayName}” is empty`, {
		description:
			'Without a value this would apply to everything. Enter a value, check the expression in this field, or remove the field.',
		parameter,
	});

/**
 * The values that the user has set. In a collection a missing value means “leave it unchanged”, and
 * so does a field whose expression yields nothing. Where nothing would mean everything, such a
 * field is rejected. An unknown field is rejected: a misspelled filter would let every document pass.
 */
function toFields(collection: Parameter, values: unknown): Record<string, unknown> {
	const parameters = collection.options as readonly Parameter[];
	const given = toRecord(collection, values);
	const unknown = Object.keys(given).find((key) => parameters.every(({ name }) => name !== key));
	if (unknown !== undefined) throw unknownField(collection, unknown, parameters);
	return Object.fromEntries(
		parameters
			.filter(({ name }) => name in given)
			.flatMap((parameter) => {
				const value = given[parameter.name];
				if (!isNothing(parameter, value)) return [[parameter.name, coerce(parameter, value)]];
				if (collection.rejectsEmpty || parameter.rejectsEmpty) throw emptyField(parameter);
				return [];
			}),
	);
}

type Input = Readonly<Record<string, unknown>>;

function coerce(parameter: Parameter, value: unknown, input: Input = {}): unknown {
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
			return loaded ? value : toChoices(parameter, value);
		case 'resourceLocator':
			return toLocator(parameter, value);
		case 'resourceMapper':
			return toMappedFields(parameter, value, input);
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
 * `invalid` about the first value that does not fit. `input` is the input item.
 */
export function readParameters<P extends readonly Parameter[]>(
	parameters: P,
	read: Read,
	input: Input = {},
): ValuesOf<P> {
	const values = parameters
		.filter(({ type }) => type !== 'notice' && type !== 'callout')
		.map((parameter) => [
			parameter.name,
			coerce(parameter, read(parameter.name, parameter.default), input),
		]);
	return Object.fromEntries(values) as ValuesOf<P>;
}
