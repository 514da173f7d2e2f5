import { FieldError, isCalendarDay, wrong } from './fields.mts';
import type { Call } from './http.mts';
import { refuse } from './http.mts';
import { toTimestamp } from './times.mts';

export type Test<T> = (row: T) => boolean;

/** Reads a value and returns a test for rows. `undefined` accepts all rows. */
export type Filter<T> = (value: string, call: Call) => Test<T> | undefined;
export type Filters<T> = Record<string, Filter<T>>;

export function applyFilters<T>(call: Call, rows: T[], filters: Filters<T>): T[] {
	const { tests, errors } = readFilters(call, filters);
	if (Object.keys(errors).length > 0) refuse(400, errors);
	return rows.filter((row) => tests.every((test) => test(row)));
}

/** Ignores empty values and unknown names. */
export function readFilters<T>(
	call: Call,
	filters: Filters<T>,
): { tests: Test<T>[]; errors: Record<string, unknown> } {
	const tests: Test<T>[] = [];
	const errors: Record<string, unknown> = {};
	for (const [name, filter] of Object.entries(filters)) {
		const value = call.query.get(name)?.trim();
		if (!value) continue;
		try {
			const test = filter(value, call);
			if (test) tests.push(test);
		} catch (error) {
			if (!(error instanceof FieldError)) throw error;
			errors[name] = error.messages;
		}
	}
	return { tests, errors };
}

type Get<T, V> = (row: T) => V;

const prefixed = <T,>(name: string, lookups: Filters<T>): Filters<T> =>
	Object.fromEntries(
		Object.entries(lookups).map(([lookup, filter]) => [`${name}__${lookup}`, filter]),
	);

/** SQLite ignores the case of ASCII letters only. */
const folded = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export function textLookups<T>(name: string, get: Get<T, string | null>): Filters<T> {
	const lookup =
		(matches: (text: string, wanted: string) => boolean): Filter<T> =>
		(value) => {
			const wanted = folded(value);
			return (row) => {
				const text = get(row);
				return text !== null && matches(folded(text), wanted);
			};
		};
	return prefixed(name, {
		istartswith: lookup((text, wanted) => text.startsWith(wanted)),
		iendswith: lookup((text, wanted) => text.endsWith(wanted)),
		icontains: lookup((text, wanted) => text.includes(wanted)),
		iexact: lookup((text, wanted) => text === wanted),
	});
}

export function numberOf(value: string): number {
	const number = Number(value.trim());
	return /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value) ? number : wrong('Enter a number.');
}

export const numbersOf = (value: string): number[] =>
	value
		.split(',')
		.filter((part) => part.trim() !== '')
		.map(numberOf);

/** One invalid or empty entry invalidates the whole list. */
const lenientIds = (value: string): number[] | undefined => {
	const parts = value.split(',');
	return parts.every((part) => /^\s*[+-]?\d+\s*$/.test(part)) ? parts.map(Number) : undefined;
};

export const equals =
	<T,>(get: Get<T, number | null>): Filter<T> =>
	(value) => {
		const wanted = numberOf(value);
		return (row) => get(row) === wanted;
	};

export const oneOf =
	<T,>(get: Get<T, number | null>): Filter<T> =>
	(value) => {
		const wanted = new Set<number | null>(numbersOf(value));
		return (row) => wanted.has(get(row));
	};

export const yesOrNo =
	<T,>(get: Get<T, boolean>): Filter<T> =>
	(value) => {
		const wanted = { true: true, '1': true, false: false, '0': false }[value.toLowerCase()];
		return wanted === undefined ? undefined : (row) => get(row) === wanted;
	};

const comparisons: Record<string, (order: number) => boolean> = {
	gt: (order) => order > 0,
	gte: (order) => order >= 0,
	lt: (order) => order < 0,
	lte: (order) => order <= 0,
};

function compared<T, V extends string | number>(
	get: Get<T, V | null>,
	read: (value: string) => V,
): Filters<T> {
	return Object.fromEntries(
		Object.entries(comparisons).map(([name, accepts]): [string, Filter<T>] => [
			name,
			(value) => {
				const wanted = read(value);
				return (row) => {
					const actual = get(row);
					return actual !== null && accepts(actual < wanted ? -1 : actual > wanted ? 1 : 0);
				};
			},
		]),
	);
}

export const numberLookups = <T,>(name: string, get: Get<T, number | null>): Filters<T> => ({
	[name]: equals(get),
	...prefixed(name, { ...compared(get, numberOf), isnull: yesOrNo((row) => get(row) === null) }),
});

export const dateOf = (value: string): string =>
	isCalendarDay(value.trim()) ? value.trim() : wrong('Enter a valid date.');

export const timeOf = (value: string): string =>
	toTimestamp(value) ?? wrong('Enter a valid date/time.');

/** Lookups on a time in the form of the store. From 2.16 on `created` is only a date. */
export function timeLookups<T>(
	name: string,
	get: Get<T, string | null>,
	read: (value: string) => string = timeOf,
): Filters<T> {
	const day = (row: T) => get(row)?.slice(0, 10) ?? null;
	const part = (from: number, to: number): Filter<T> =>
		equals((row) => Number(get(row)?.slice(from, to)));
	return prefixed(name, {
		year: part(0, 4),
		month: part(5, 7),
		day: part(8, 10),
		...prefixed('date', compared(day, dateOf)),
		...compared(read === dateOf ? day : get, read),
	});
}

/** Filters on one related object by id, by several ids or by its name. */
export const relatedLookups = <T,>(name: string, get: Get<T, number | null>): Filters<T> =>
	prefixed(name, {
		isnull: yesOrNo((row) => get(row) === null),
		id: equals(get),
		id__in: oneOf(get),
		id__none: (value) => {
			const ids = lenientIds(value);
			return ids && ((row) => !ids.includes(get(row) ?? NaN));
		},
	});

/** Filters on several related objects. */
export const manyLookups = <T,>(name: string, get: Get<T, number[]>): Filters<T> => {
	const lenient =
		(matches: (has: number[], wanted: number[]) => boolean): Filter<T> =>
		(value) => {
			const wanted = lenientIds(value);
			return wanted && ((row) => matches(get(row), wanted));
		};
	return prefixed(name, {
		id__all: lenient((has, wanted) => wanted.every((id) => has.includes(id))),
		id__in: lenient((has, wanted) => wanted.some((id) => has.includes(id))),
		id__none: lenient((has, wanted) => !wanted.some((id) => has.includes(id))),
	});
};
