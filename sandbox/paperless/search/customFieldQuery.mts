import type { Profile } from './engine.mts';

export type CustomField = { id: number; name: string; data_type: string; extra_data: unknown };
export type CustomFieldValue = { field: number; value: unknown };
export type CustomFieldTest = (values: CustomFieldValue[]) => boolean;

/** The reasons, under the places of the expression at which the fault is found. */
type Fault = string[] | { [place: string]: Fault };

/** The server refuses the query (400, JSON) or breaks off at it (500, its page for errors). */
export class FilterRefusal extends Error {
	readonly status: 400 | 500;
	readonly body: { custom_field_query: Fault } | null;

	constructor(status: 400 | 500, fault?: Fault) {
		super('The custom field query was refused');
		this.status = status;
		this.body = fault === undefined ? null : { custom_field_query: fault };
	}
}

class Wrong extends Error {
	readonly fault: Fault;

	constructor(fault: Fault) {
		super('Invalid custom field query');
		this.fault = fault;
	}
}

const DEEPEST = 10;
const MOST = 20;

/** Calls the reader and puts its fault under the place in the expression. */
function at<T>(place: number, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw error instanceof Wrong ? new Wrong({ [place]: error.fault }) : error;
	}
}

const wrong = (text: string): never => {
	throw new Wrong([text]);
};

type Read = (value: unknown) => unknown;

const YES = new Set(['t', 'y', 'yes', 'true', 'on', '1']);
const NO = new Set(['f', 'n', 'no', 'false', 'off', '0']);

const notNull =
	(read: Read): Read =>
	(value) =>
		value === null ? wrong('This field may not be null.') : read(value);

const asBoolean = notNull((value) => {
	const word = typeof value === 'object' ? '' : String(value).toLowerCase();
	return YES.has(word) || (NO.has(word) ? false : wrong('Must be a valid boolean.'));
});

const asText = notNull((value) =>
	typeof value === 'string' || typeof value === 'number'
		? String(value)
		: wrong('Not a valid string.'),
);

function numeric(value: unknown, pattern: RegExp, refusal: string): number {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && pattern.test(text.trim()) ? Number(text) : wrong(refusal);
}

const asInteger = notNull((value) => {
	const pattern = /^[+-]?\d+(\.0*)?(e\+\d+)?$/;
	const number = numeric(value, pattern, 'A valid integer is required.');
	if (number >= 2 ** 63) wrong('Ensure this value is less than or equal to 9223372036854775807.');
	if (number < -(2 ** 63)) {
		wrong('Ensure this value is greater than or equal to -9223372036854775808.');
	}
	return number;
});

const asNumber = notNull((value) =>
	numeric(value, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'A valid number is required.'),
);

const asDate = notNull((value) => {
	const text = typeof value === 'string' ? value : '';
	const time = /^\d{4}-\d\d?-\d\d?$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
	return Number.isNaN(time)
		? wrong('Date has wrong format. Use one of these formats instead: YYYY-MM-DD.')
		: new Date(time).toISOString().slice(0, 10);
});

/** 3.0 compares amounts, whatever the currency; 2.x breaks off at one. */
const asAmount = (modern: boolean): Read =>
	modern
		? notNull((value) =>
				asNumber(typeof value === 'string' ? value.replace(/^[A-Z]{3}(?=[-\d])/, '') : value),
			)
		: notNull((value) => {
				const amount = Number(asText(value));
				if (Number.isNaN(amount)) throw new FilterRefusal(500);
				return amount;
			});

function typeName(value: unknown): string {
	if (typeof value === 'string') return 'str';
	if (typeof value === 'boolean') return 'bool';
	if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
	return 'dict';
}

const listOf = (read: Read, size: 'some' | 'pair' | 'any'): Read =>
	notNull((value) => {
		if (!Array.isArray(value)) {
			return wrong(`Expected a list of items but got type "${typeName(value)}".`);
		}
		if (size === 'some' && value.length === 0) wrong('This list may not be empty.');
		if (size === 'pair' && value.length < 2) wrong('Ensure this field has at least 2 elements.');
		if (size === 'pair' && value.length > 2) {
			wrong('Ensure this field has no more than 2 elements.');
		}
		return value.map((entry: unknown, index) => at(index, () => read(entry)));
	});

type Comparison = { read: (read: Read) => Read; holds: (actual: never, wanted: never) => boolean };

const one = (read: Read) => read;
const text = (test: (actual: string, wanted: string) => boolean): Comparison => ({
	read: () => asText,
	holds: (actual: string, wanted: string) => test(actual.toLowerCase(), wanted.toLowerCase()),
});
const order = (test: (actual: number, wanted: number) => boolean): Comparison => ({
	read: one,
	holds: test,
});

const EQUAL: Record<string, Comparison> = {
	exact: { read: one, holds: (actual: unknown, wanted: unknown) => actual === wanted },
	in: {
		read: (read) => listOf(read, 'some'),
		holds: (actual: unknown, wanted: unknown[]) => wanted.includes(actual),
	},
};
const TEXTUAL: Record<string, Comparison> = {
	icontains: text((actual, wanted) => actual.includes(wanted)),
	istartswith: text((actual, wanted) => actual.startsWith(wanted)),
	iendswith: text((actual, wanted) => actual.endsWith(wanted)),
};
const ORDERED: Record<string, Comparison> = {
	gt: order((actual, wanted) => actual > wanted),
	gte: order((actual, wanted) => actual >= wanted),
	lt: order((actual, wanted) => actual < wanted),
	lte: order((actual, wanted) => actual <= wanted),
	range: {
		read: (read) => listOf(read, 'pair'),
		holds: (actual: number, [from, to]: [number, number]) => actual >= from && actual <= to,
	},
};
const CONTAINS: Record<string, Comparison> = {
	contains: {
		read: () => listOf(asInteger, 'any'),
		holds: (actual: unknown[], wanted: unknown[]) => wanted.every((id) => actual.includes(id)),
	},
};

const DAY = 86_400_000;
const isoWeek = (date: Date) => {
	const weekday = (date.getUTCDay() + 6) % 7;
	const thursday = new Date(date.getTime() + (3 - weekday) * DAY);
	const year = thursday.getUTCFullYear();
	return { year, week: 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY)) };
};
const DATE_PARTS: Record<string, (date: Date) => number> = {
	year: (date) => date.getUTCFullYear(),
	iso_year: (date) => isoWeek(date).year,
	month: (date) => date.getUTCMonth() + 1,
	day: (date) => date.getUTCDate(),
	week: (date) => isoWeek(date).week,
	week_day: (date) => date.getUTCDay() + 1,
	iso_week_day: (date) => date.getUTCDay() || 7,
	quarter: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
};

type DataType = { read: Read; comparisons: Record<string, Comparison> };

const TEXT: DataType = { read: asText, comparisons: { ...EQUAL, ...TEXTUAL } };
const TYPES: Record<string, DataType> = {
	string: TEXT,
	url: TEXT,
	longtext: TEXT,
	integer: { read: asInteger, comparisons: { ...EQUAL, ...ORDERED } },
	float: { read: asNumber, comparisons: { ...EQUAL, ...ORDERED } },
	boolean: { read: asBoolean, comparisons: EQUAL },
	date: { read: asDate, comparisons: { ...EQUAL, ...ORDERED } },
	monetary: { read: asText, comparisons: { ...EQUAL, ...TEXTUAL, ...ORDERED } },
	select: { read: asText, comparisons: EQUAL },
	// A list read from the query is never the stored one: nothing is found by the whole list.
	documentlink: { read: listOf(asInteger, 'any'), comparisons: { ...EQUAL, ...CONTAINS } },
};

const amountOf = (value: string) => Number(value.replace(/^[A-Z]{3}/, ''));

function python(value: unknown): string {
	if (value === null) return 'None';
	if (typeof value === 'string') return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	return JSON.stringify(value);
}

class Compiler {
	private atoms = 0;
	private depth = 0;
	private readonly fields: CustomField[];
	private readonly modern: boolean;

	constructor(fields: CustomField[], modern: boolean) {
		this.fields = fields;
		this.modern = modern;
	}

	expression(expression: unknown): CustomFieldTest {
		if (++this.depth > DEEPEST) wrong('Maximum nesting depth exceeded.');
		try {
			const parts: unknown[] = Array.isArray(expression) ? expression : [];
			if (parts.length === 2) return this.logic(parts[0], parts[1]);
			if (parts.length === 3) return this.atom(parts[0], parts[1], parts[2]);
			return wrong('Invalid custom field query expression');
		} finally {
			this.depth--;
		}
	}

	private logic(operator: unknown, operand: unknown): CustomFieldTest {
		const name = typeof operator === 'string' ? operator.toUpperCase() : '';
		if (name === 'NOT') {
			const test = at(1, () => this.expression(operand));
			return (values) => !test(values);
		}
		if (name !== 'AND' && name !== 'OR') {
			return at(0, () => wrong(`Invalid logical operator ${python(operator)}`));
		}
		const tests = at(1, () => {
			if (!Array.isArray(operand) || operand.length === 0) {
				return wrong('Invalid expression list. Must be nonempty.');
			}
			return operand.map((part: unknown, index) => at(index, () => this.expression(part)));
		});
		return (values) =>
			name === 'AND' ? tests.every((test) => test(values)) : tests.some((test) => test(values));
	}

	private atom(id: unknown, operator: unknown, value: unknown): CustomFieldTest {
		if (++this.atoms > MOST) wrong('Maximum number of query conditions exceeded.');
		const field =
			this.fields.find((candidate) => candidate.id === id || candidate.name === id) ??
			at(0, () => wrong(`${python(id)} is not a valid custom field.`));
		const holds = this.condition(field, operator, value);
		return (values) => holds(values.find((entry) => entry.field === field.id));
	}

	private condition(
		field: CustomField,
		operator: unknown,
		value: unknown,
	): (entry: CustomFieldValue | undefined) => boolean {
		if (operator === 'exists' || operator === 'isnull') {
			const wanted = at(2, () => asBoolean(value));
			return operator === 'exists'
				? (entry) => (entry !== undefined) === wanted
				: (entry) => entry !== undefined && (entry.value === null) === wanted;
		}
		const type = TYPES[field.data_type] ?? TEXT;
		const [, part, name] = /^(?:(\w+)__)?(\w+)$/.exec(String(operator)) ?? [];
		const ofDate = field.data_type === 'date' && part !== undefined ? DATE_PARTS[part] : undefined;
		const comparison =
			typeof operator === 'string' && (part === undefined || ofDate !== undefined)
				? type.comparisons[name ?? '']
				: undefined;
		if (comparison === undefined) {
			const text = `${field.data_type} does not support query expr ${python(operator)}.`;
			return at(1, () => wrong(text));
		}
		const amount =
			field.data_type === 'monetary' && !(name! in TEXTUAL) && (this.modern || name! in ORDERED);
		const read = ofDate ? asInteger : amount ? asAmount(this.modern) : type.read;
		let wanted = at(2, () => comparison.read(read)(value));
		if (field.data_type === 'select') wanted = this.options(field, wanted);
		return (entry) => {
			const stored = entry?.value ?? null;
			if (stored === null) return false;
			const actual = ofDate
				? ofDate(new Date(`${String(stored)}T00:00:00Z`))
				: amount
					? amountOf(String(stored))
					: stored;
			return comparison.holds(actual as never, wanted as never);
		};
	}

	/** Options may be named by their label. */
	private options(field: CustomField, wanted: unknown): unknown {
		const { select_options: options = [] } = (field.extra_data ?? {}) as {
			select_options?: { id: string; label: string }[];
		};
		const idOf = (word: unknown) => options.find(({ label }) => label === word)?.id ?? word;
		return Array.isArray(wanted) ? wanted.map(idOf) : idOf(wanted);
	}
}

export function compileCustomFieldQuery(
	json: string,
	fields: CustomField[],
	profile: Profile,
): CustomFieldTest {
	let expression: unknown;
	try {
		expression = JSON.parse(json);
	} catch {
		throw new FilterRefusal(400, ['Value must be valid JSON.']);
	}
	try {
		return new Compiler(fields, profile === '3.0.5').expression(expression);
	} catch (error) {
		throw error instanceof Wrong ? new FilterRefusal(400, error.fault) : error;
	}
}
