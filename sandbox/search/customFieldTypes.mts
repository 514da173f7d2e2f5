import { digits } from './dates.mts';

/** The reasons, by their positions in the expression. */
export type Fault = string[] | { [place: string]: Fault };

/** The server rejects the query (400, JSON) or crashes on it (500, HTML). */
export class FilterRefusal extends Error {
	readonly status: 400 | 500;
	readonly body: { custom_field_query: Fault } | null;

	constructor(status: 400 | 500, fault?: Fault) {
		super('The custom field query was refused');
		this.status = status;
		this.body = fault === undefined ? null : { custom_field_query: fault };
	}
}

export class Wrong extends Error {
	readonly fault: Fault;

	constructor(fault: Fault) {
		super('Invalid custom field query');
		this.fault = fault;
	}
}

/** Calls the reader and reports its fault at this position in the expression. */
export function at<T>(place: number, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw error instanceof Wrong ? new Wrong({ [place]: error.fault }) : error;
	}
}

export const wrong = (text: string): never => {
	throw new Wrong([text]);
};

export type Read = (value: unknown) => unknown;

const YES = new Set(['t', 'y', 'yes', 'true', 'on', '1']);
const NO = new Set(['f', 'n', 'no', 'false', 'off', '0']);

const notNull =
	(read: Read): Read =>
	(value) =>
		value === null ? wrong('This field may not be null.') : read(value);

export const asBoolean = notNull((value) => {
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

export const asInteger = notNull((value) => {
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
	const [year, ...rest] = /^\d{4}-\d\d?-\d\d?$/.test(String(value)) ? String(value).split('-') : [];
	const period = digits([year, ...rest.map((part) => part.padStart(2, '0'))].join(''));
	return period === null
		? wrong('Date has wrong format. Use one of these formats instead: YYYY-MM-DD.')
		: new Date(period.from).toISOString().slice(0, 10);
});

/** 3.0 compares amounts regardless of the currency. 2.x crashes on a currency. */
export const asAmount = (modern: boolean): Read =>
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

export type Comparison = {
	read: (read: Read) => Read;
	holds: (actual: never, wanted: never) => boolean;
};

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
export const TEXTUAL: Record<string, Comparison> = {
	icontains: text((actual, wanted) => actual.includes(wanted)),
	istartswith: text((actual, wanted) => actual.startsWith(wanted)),
	iendswith: text((actual, wanted) => actual.endsWith(wanted)),
};
export const ORDERED: Record<string, Comparison> = {
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
export const DATE_PARTS: Record<string, (date: Date) => number> = {
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
export const TYPES: Record<string, DataType> = {
	string: TEXT,
	url: TEXT,
	longtext: TEXT,
	integer: { read: asInteger, comparisons: { ...EQUAL, ...ORDERED } },
	float: { read: asNumber, comparisons: { ...EQUAL, ...ORDERED } },
	boolean: { read: asBoolean, comparisons: EQUAL },
	date: { read: asDate, comparisons: { ...EQUAL, ...ORDERED } },
	monetary: { read: asText, comparisons: { ...EQUAL, ...TEXTUAL, ...ORDERED } },
	select: { read: asText, comparisons: EQUAL },
	// A list in the query never equals a stored list, so comparing whole lists never matches.
	documentlink: { read: listOf(asInteger, 'any'), comparisons: { ...EQUAL, ...CONTAINS } },
};
