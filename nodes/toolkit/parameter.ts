import type { INodeProperties } from 'n8n-workflow';
import { PaperlessError } from '../api/errors';

type DeepReadonly<T> = T extends (...args: never[]) => unknown
	? T
	: T extends object
		? { readonly [K in keyof T]: DeepReadonly<T[K]> }
		: T;

/** An n8n parameter as a literal: deeply readonly, so that its names and options stay visible to the compiler. */
export type Parameter = DeepReadonly<INodeProperties>;

/** The parameters that a collection or the groups of a fixed collection hold. */
export const innerParameters = (parameter: Parameter): Parameter[] =>
	(parameter.options ?? []).flatMap((option) =>
		'values' in option ? [...option.values] : 'displayName' in option ? [option as Parameter] : [],
	);

/** A single thing, chosen from a list, by id, by name or by URL. */
export type Locator = { mode: string; value: string };

/** What the resource mapper holds: values by field id. */
export type MappedFields = { [id: string]: unknown };

type OptionValue<P> = P extends { readonly options: ReadonlyArray<{ readonly value: infer V }> }
	? V
	: string | number;

type Loaded = { readonly typeOptions: { readonly loadOptionsMethod: string } };

type GroupsOf<P> = P extends {
	readonly options: ReadonlyArray<infer Group>;
}
	? {
			[G in Group as G extends { readonly name: infer N extends string } ? N : never]?: G extends {
				readonly values: infer V extends readonly Parameter[];
			}
				? P extends { readonly typeOptions: { readonly multipleValues: true } }
					? Array<ValuesOf<V>>
					: ValuesOf<V>
				: never;
		}
	: never;

type ValueOf<P extends Parameter> = P extends { readonly type: 'boolean' }
	? boolean
	: P extends { readonly type: 'number' }
		? number
		: P extends { readonly type: 'string' | 'dateTime' | 'json' }
			? string
			: P extends { readonly type: 'options' }
				? OptionValue<P>
				: P extends Loaded
					? unknown
					: P extends { readonly type: 'multiOptions' }
						? Array<OptionValue<P>>
						: P extends { readonly type: 'resourceLocator' }
							? Locator
							: P extends { readonly type: 'resourceMapper' }
								? MappedFields
								: P extends {
											readonly type: 'collection';
											readonly options: infer O extends readonly Parameter[];
									  }
									? Partial<ValuesOf<O>>
									: P extends { readonly type: 'fixedCollection' }
										? GroupsOf<P>
										: unknown;

/** The values an operation receives, by the names and types of the parameters beside it. */
export type ValuesOf<P extends readonly Parameter[]> = {
	[Q in P[number] as Q['type'] extends 'notice' | 'callout' ? never : Q['name']]: ValueOf<Q>;
};

/** Reads one parameter as n8n has it, expressions resolved. */
export type Read = (name: string, fallback: unknown) => unknown;

const refuse = (parameter: Parameter, wanted: string, value: unknown): never => {
	const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
	throw new PaperlessError('invalid', `“${parameter.displayName}” must be ${wanted}`, {
		description: `It is “${shown}”. Check the expression that fills it.`,
		parameter: parameter.name,
	});
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
	value !== null && typeof value === 'object' && !Array.isArray(value);

function toNumber(parameter: Parameter, value: unknown): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number))
		return refuse(parameter, 'a number', value);
	const {
		minValue = Number.NEGATIVE_INFINITY,
		maxValue = Number.POSITIVE_INFINITY,
		numberPrecision,
	} = parameter.typeOptions ?? {};
	if (number < minValue) return refuse(parameter, `at least ${minValue}`, value);
	if (number > maxValue) return refuse(parameter, `at most ${maxValue}`, value);
	if (numberPrecision === 0 && !Number.isInteger(number))
		return refuse(parameter, 'a whole number', value);
	return number;
}

function toBoolean(parameter: Parameter, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	if (value === 'true' || value === 1) return true;
	if (value === 'false' || value === 0) return false;
	return refuse(parameter, 'true or false', value);
}

/** Date pickers and expressions also give luxon and JavaScript dates; both know their ISO form. */
function toText(parameter: Parameter, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return value.toISOString();
	if (Array.isArray(value) && parameter.typeOptions?.isList) {
		return value.map((entry) => toText(parameter, entry)).join(', ');
	}
	if (isRecord(value) && 'toISO' in value && typeof value.toISO === 'function') {
		return String(value.toISO());
	}
	if (parameter.type === 'json') return JSON.stringify(value);
	return refuse(parameter, 'a text', value);
}

/** An expression may give the whole locator, or just the id or name. */
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
			const rows = [given[group.name]].flat().map((row) => coerceAll(group.values, row));
			return [group.name, parameter.typeOptions?.multipleValues ? rows : rows[0]];
		}),
	);
}

/** All values of a group: what is not set has its default, unlike an expression that yields nothing. */
function coerceAll(parameters: readonly Parameter[], values: unknown): Record<string, unknown> {
	const given = isRecord(values) ? values : {};
	return Object.fromEntries(
		parameters.map((parameter) => [
			parameter.name,
			coerce(parameter, parameter.name in given ? given[parameter.name] : parameter.default),
		]),
	);
}

/**
 * Only what the user has set, and nothing that there is no field for: a misspelt filter would let
 * every document pass. In a collection a missing value means “leave it alone”. A field whose
 * expression yields nothing stays, as `undefined`: in a filter that must not mean “everything”.
 */
function coerceSet(collection: Parameter, values: unknown): Record<string, unknown> {
	const parameters = collection.options as readonly Parameter[];
	const given = isRecord(values) ? values : {};
	const unknown = Object.keys(given).find((name) => parameters.every((one) => one.name !== name));
	if (unknown !== undefined) {
		throw new PaperlessError('invalid', `“${collection.displayName}” has no field “${unknown}”`, {
			description: `The workflow was edited by hand or made with another version of this node. Its fields: ${parameters.map(({ name }) => name).join(', ')}.`,
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
		: refuse(parameter, `one of ${choices.map(({ name }) => name).join(', ')}`, value);
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
			return loaded ? value : [value].flat().map((one) => toChoice(parameter, one));
		case 'resourceLocator':
			return toLocator(value);
		case 'resourceMapper':
			return isRecord(value) && isRecord(value.value) ? value.value : {};
		case 'collection':
			return coerceSet(parameter, value);
		case 'fixedCollection':
			return toGroups(parameter, value);
		default:
			return value;
	}
}

/**
 * The values of an operation's parameters for one item, checked against their types: expressions
 * can yield anything. Parameters that are hidden at run time have their default.
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
