import { crash, pythonType, refuse } from './http.mts';
import { noGrants } from './store.mts';
import type { Grants, Store } from './store.mts';

/** The messages about one value, in the words of Django REST framework. */
export class FieldError extends Error {
	readonly messages: unknown;
	constructor(messages: unknown) {
		super(JSON.stringify(messages));
		this.messages = messages;
	}
}

export const wrong = (...messages: string[]): never => {
	throw new FieldError(messages);
};

/** Runs a check and passes its messages to `onWrong` instead of throwing them. */
export function attempt<T>(check: () => T, onWrong: (messages: unknown) => void): T | undefined {
	try {
		return check();
	} catch (error) {
		if (!(error instanceof FieldError)) throw error;
		onWrong(error.messages);
		return undefined;
	}
}

export type Check = (value: unknown, store: Store) => unknown;

export interface Field {
	check: Check;
	/** A text replaces the usual message. */
	required?: boolean | string;
	nullable?: boolean;
	/** Evaluated when a new object lacks the field. */
	initial?: () => unknown;
}

export function validate(
	fields: Record<string, Field>,
	body: Record<string, unknown>,
	store: Store,
	partial: boolean,
): Record<string, unknown> {
	try {
		return checkFields(fields, body, store, partial);
	} catch (error) {
		if (!(error instanceof FieldError)) throw error;
		return refuse(400, error.messages);
	}
}

/** Checks a body against its fields and collects all messages. */
export function checkFields(
	fields: Record<string, Field>,
	body: Record<string, unknown>,
	store: Store,
	partial: boolean,
): Record<string, unknown> {
	const valid: Record<string, unknown> = {};
	const errors: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields)) {
		const value = body[name];
		if (value === undefined) {
			if (partial) continue;
			if (field.required === true) errors[name] = ['This field is required.'];
			else if (field.required) errors[name] = [field.required];
			else if (field.initial) valid[name] = field.initial();
			continue;
		}
		attempt(
			() => {
				if (value === null && !field.nullable) wrong('This field may not be null.');
				valid[name] = value === null ? null : field.check(value, store);
			},
			(messages) => (errors[name] = messages),
		);
	}
	if (Object.keys(errors).length > 0) throw new FieldError(errors);
	return valid;
}

/** A list of objects with the same fields. In the messages, `{}` stands for each valid object. */
export const records =
	(fields: Record<string, Field>): Check =>
	(value, store) => {
		if (!Array.isArray(value)) {
			const message = `Expected a list of items but got type "${pythonType(value)}".`;
			throw new FieldError({ non_field_errors: [message] });
		}
		const errors: unknown[] = value.map(() => ({}));
		let isWrong = false;
		const items = value.map((item, index) =>
			attempt(
				() => checkFields(fields, item, store, false),
				(messages) => {
					errors[index] = messages;
					isWrong = true;
				},
			),
		);
		if (isWrong) throw new FieldError(errors);
		return items;
	};

const blank = String.raw`[^\S\ufeff]|[\x1c-\x1f\x85]`;
const pythonBlanks = new RegExp(`^(?:${blank})+|(?:${blank})+$`, 'g');

/** As Python strips a text. */
const stripped = (value: string): string => value.replace(pythonBlanks, '');

export const text =
	({ max = Infinity, blank = false, trim = true } = {}): Check =>
	(value) => {
		if (typeof value !== 'string' && typeof value !== 'number') return wrong('Not a valid string.');
		const string = trim ? stripped(String(value)) : String(value);
		if (string === '' && !blank) return wrong('This field may not be blank.');
		if ([...string].length > max) {
			return wrong(`Ensure this field has no more than ${max} characters.`);
		}
		if (string.includes('\0')) return wrong('Null characters are not allowed.');
		const [half] = /\p{Surrogate}/u.exec(string) ?? [];
		if (half === undefined) return string;
		const code = half.charCodeAt(0).toString(16).toUpperCase();
		return wrong(`Surrogate characters are not allowed: U+${code}.`);
	};

export const integer =
	({ min = -Infinity, max = Infinity } = {}): Check =>
	(value) => {
		const number = typeof value === 'number' ? value : toInteger(value);
		if (number === undefined || !Number.isInteger(number)) {
			return wrong('A valid integer is required.');
		}
		if (number > max) return wrong(`Ensure this value is less than or equal to ${max}.`);
		if (number < min) return wrong(`Ensure this value is greater than or equal to ${min}.`);
		return number;
	};

const toInteger = (value: unknown): number | undefined =>
	typeof value === 'string' && /^\s*-?\d+(\.0*)?\s*$/.test(value) ? Number(value) : undefined;

const truths = new Set<unknown>([true, 1, '1', 't', 'T', 'true', 'True', 'TRUE', 'on', 'yes', 'y']);
const falsehoods = new Set<unknown>([
	false,
	0,
	'0',
	'f',
	'F',
	'false',
	'False',
	'FALSE',
	'off',
	'no',
	'n',
]);

export const boolean: Check = (value) => {
	if (truths.has(value)) return true;
	if (falsehoods.has(value)) return false;
	return wrong('Must be a valid boolean.');
};

export const choice =
	(...values: readonly (string | number)[]): Check =>
	(value) =>
		values.find((known) => known === value || String(known) === value) ??
		wrong(`"${String(value)}" is not a valid choice.`);

export const date: Check = (value) => {
	const [, year, month = '', day = ''] =
		/^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typeof value === 'string' ? value : '') ?? [];
	const padded = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	return isCalendarDay(padded)
		? padded
		: wrong('Date has wrong format. Use one of these formats instead: YYYY-MM-DD.');
};

export function isCalendarDay(value: string): boolean {
	const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
	if (year === undefined) return false;
	const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	return time.getUTCMonth() + 1 === Number(month) && time.getUTCDate() === Number(day);
}

type Kind = {
	[K in keyof Store]: Store[K] extends { rows: Map<number, unknown> } ? K : never;
}[keyof Store];

const primaryKey =
	(kind: Kind): Check =>
	(value, store) => {
		if (value === null) return wrong('Invalid pk "None" - object does not exist.');
		const id = typeof value === 'number' ? value : toInteger(value);
		if (id === undefined || typeof value === 'boolean') {
			return wrong(`Incorrect type. Expected pk value, received ${pythonType(value)}.`);
		}
		if (!store[kind].rows.has(id)) return wrong(`Invalid pk "${id}" - object does not exist.`);
		return id;
	};

/** The id of an existing object. An empty text counts as null. */
export const reference =
	(kind: Kind): Check =>
	(value, store) =>
		value === '' ? null : primaryKey(kind)(value, store);

export const references =
	(kind: Kind): Check =>
	(value, store) => {
		if (!Array.isArray(value)) {
			return wrong(`Expected a list of items but got type "${pythonType(value)}".`);
		}
		const one = primaryKey(kind);
		return value.map((id) => one(id, store) as number);
	};

export const owner: Field = { check: reference('users'), nullable: true };

export const dictionary: Check = (value) =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? value
		: wrong(`Expected a dictionary of items but got type "${pythonType(value)}".`);

/** Messages are listed by the position of the item. */
export const list =
	(item: Check): Check =>
	(value, store) => {
		if (!Array.isArray(value)) {
			return wrong(`Expected a list of items but got type "${pythonType(value)}".`);
		}
		const errors: Record<number, unknown> = {};
		const items = value.map((entry, index) =>
			attempt(
				() => item(entry, store),
				(messages) => (errors[index] = messages),
			),
		);
		if (Object.keys(errors).length > 0) throw new FieldError(errors);
		return items;
	};

/** From 3.2 on, only lists of integers for the two actions are taken. */
function requireGrants(given: object): void {
	for (const [action, lists] of Object.entries(given as Record<string, object | null>)) {
		if (!['view', 'change'].includes(action)) wrong(`Unknown key ${action}`);
		for (const ids of Object.values(lists ?? {}) as unknown[])
			if (ids !== null && !(Array.isArray(ids) && ids.every((id) => Number.isInteger(id))))
				wrong('A valid integer is required.');
	}
}

/** Checked as a whole. Omitted lists stay unchanged. */
export const setPermissions: Field = {
	check: (value, store) => {
		const given = dictionary(value, store) as Partial<
			Record<'view' | 'change', Partial<Grants['view']>>
		>;
		if (store.profile.like33) requireGrants(given);
		for (const action of ['view', 'change'] as const) {
			for (const who of ['users', 'groups'] as const) {
				const ids = given[action] === null ? crash() : (given[action]?.[who] ?? []);
				if (ids.some((id) => Number.isNaN(Number(id)))) crash();
				const known = ids.every((id) => store[who].rows.has(Number(id)));
				if (!known || new Set(ids).size < ids.length) {
					wrong(`Some ${who} in don't exist or were specified twice.`);
				}
			}
		}
		return given;
	},
};

/** Whoever may change an object may view it as well. */
export function mergeGrants(
	current: Grants,
	given: { [A in keyof Grants]?: Partial<Grants['view']> },
	keep = false,
): Grants {
	const result = noGrants();
	for (const action of ['view', 'change'] as const) {
		for (const who of ['users', 'groups'] as const) {
			const ids = given[action]?.[who]?.map(Number);
			const before = ids === undefined || keep ? current[action][who] : [];
			result[action][who] = [...new Set([...before, ...(ids ?? [])])];
		}
	}
	for (const who of ['users', 'groups'] as const) {
		result.view[who] = [
			...new Set([...result.view[who], ...(given.change?.[who] ?? []).map(Number)]),
		];
	}
	return result;
}
