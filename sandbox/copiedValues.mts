import { asText } from './customFieldValues.mts';
import type { Document, FieldValue, Store } from './store.mts';

export interface CopiedValues {
	values: FieldValue[];
	/** Why the server cannot store the document. */
	failure?: string;
}

class Misfit extends Error {}

const numberIn = (column: string, value: unknown): number => {
	const number = typeof value === 'boolean' ? Number(value) : value;
	const isText = typeof number === 'string' && number.trim() !== '';
	if (typeof number === 'number' || (isText && !Number.isNaN(Number(number))))
		return Number(number);
	throw new Misfit(`Field '${column}' expected a number but got ${shown(value)}.`);
};

const shown = (value: unknown): string =>
	typeof value === 'string' ? `'${value}'` : asText(value);

/** A value of one type in the column of another, as the database takes it. */
const columns: Record<string, (value: unknown) => unknown> = {
	integer: (value) => Math.trunc(numberIn('value_int', value)),
	float: (value) => numberIn('value_float', value),
	boolean: (value) => {
		if (typeof value === 'boolean') return value;
		if (value === 1 || value === 0) return value === 1;
		throw new Misfit(`['“${asText(value)}” value must be either True, False, or None.']`);
	},
	date: (value) => {
		if (typeof value !== 'string') throw new Misfit('fromisoformat: argument must be str');
		if (/^\d{4}-\d\d-\d\d$/.test(value)) return value;
		const rule = 'value has an invalid date format. It must be in YYYY-MM-DD format.';
		throw new Misfit(`['“${value}” ${rule}']`);
	},
	documentlink: (value) => value,
};

/**
 * The values that a document made of another one gets. From 2.15 to 2.20.5 the server takes the id of
 * each value’s row for the id of its field.
 */
export function copiedValues(store: Store, { custom_fields: held }: Document): CopiedValues {
	if (store.profile.copiesFieldValues) return { values: held };
	try {
		const values = held.flatMap(({ instance = 0, value }): FieldValue[] => {
			const field = store.custom_fields.get(instance);
			if (field === undefined) return [];
			const column = columns[field.data_type] ?? asText;
			return [{ field: field.id, value: value === null ? null : column(value) }];
		});
		return { values };
	} catch (error) {
		if (!(error instanceof Misfit)) throw error;
		return { values: [], failure: error.message };
	}
}
