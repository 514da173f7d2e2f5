import { selectOptions } from './classification.mts';
import { FieldError, date, integer, reference, wrong } from './fields.mts';
import type { Check } from './fields.mts';
import { crash } from './http.mts';
import type { Call } from './http.mts';
import { mayChange } from './permissions.mts';
import { refuse } from './http.mts';
import type { CustomField, Document, FieldValue, Store } from './store.mts';

const string =
	(max: number): Check =>
	(value) => {
		if (typeof value === 'number' || typeof value === 'boolean') return crash();
		const text = String(value);
		return text.length > max
			? wrong(`Ensure this value has at most ${max} characters (it has ${text.length}).`)
			: text;
	};

const url: Check = (value) => {
	if (typeof value !== 'string') return crash();
	if (value === '' || /^[a-z][a-z0-9+.-]*:(\/\/)?[^\s/]/i.test(value)) return value;
	return wrong(
		/^[a-z][a-z0-9+.-]*:/i.test(value)
			? `Unable to parse URI ${value}, missing netloc or path`
			: `Unable to parse URI ${value}, missing scheme`,
	);
};

const monetary: Check = (value) => {
	const text = String(value);
	if (
		text === '' ||
		/^[A-Z]{3}-?\d+(\.\d{1,2})$/.test(text) ||
		/^-?\d{1,10}(\.\d{1,2})?$/.test(text)
	)
		return text;
	return wrong('Must be a two-decimal number with optional currency code e.g. GBP123.45');
};

const truth: Check = (value) => {
	if (typeof value === 'boolean') return value;
	if (value === 1 || value === 0) return value === 1;
	return value === '' ? null : crash();
};

const number: Check = (value) => {
	const result =
		typeof value === 'boolean'
			? Number(value)
			: typeof value === 'string' && value.trim() !== ''
				? Number(value)
				: value;
	return typeof result === 'number' && !Number.isNaN(result) ? result : crash();
};

const links: Check = (value, store) => {
	if (!Array.isArray(value)) return wrong('Value must be a list');
	if (!value.every((id) => Number.isInteger(id))) return crash();
	const known = value.every((id) => store.documents.get(id as number)?.deleted_at === null);
	if (!known || new Set(value).size < value.length) {
		return wrong("Some documents in value don't exist or were specified twice.");
	}
	return value;
};

const limits = { min: -(2 ** 31), max: 2 ** 31 - 1 };

const checks: Record<string, Check> = {
	string: string(128),
	longtext: (value) => String(value),
	url,
	date,
	boolean: truth,
	integer: integer(limits),
	float: number,
	monetary,
	documentlink: links,
};

/** The id of the chosen option, or its position for clients older than API version 7. */
const option = (field: CustomField, value: unknown, apiVersion: number): unknown => {
	const options = selectOptions(field);
	if (apiVersion < 7)
		return (
			options[Number(value)]?.id ??
			wrong(`Value must be index of an element in ${options.map(({ label }) => label).join(', ')}`)
		);
	const listed = options.map(({ id, label }) => `{'id': '${id}', 'label': '${label}'}`).join(', ');
	return options.some(({ id }) => id === value)
		? value
		: wrong(`Value must be an id of an element in [${listed}]`);
};

export function checkValue(
	store: Store,
	field: CustomField,
	value: unknown,
	apiVersion: number,
): unknown {
	if (value === null) return null;
	if (field.data_type === 'select') return option(field, value, apiVersion);
	return (checks[field.data_type] ?? String)(value, store);
}

/** The values of a document's body; what is wrong is told in the order of the entries. */
export function readValues({ store, apiVersion }: Call, given: unknown): FieldValue[] {
	if (!Array.isArray(given))
		return wrong(`Expected a list of items but got type "${typeof given}".`);
	const errors: object[] = [];
	const values = new Map<number, FieldValue>();
	for (const entry of given as Partial<FieldValue>[]) {
		errors.push(
			problemsOf(() => {
				if (entry.field === undefined) crash();
				const missing = entry.value === undefined ? { value: ['This field is required.'] } : {};
				const id = inField('field', () => reference('custom_fields')(entry.field, store)) as number;
				if ('value' in missing) throw new EntryError(missing);
				const field = store.custom_fields.get(id) as CustomField;
				const value = inField('non_field_errors', () =>
					checkValue(store, field, entry.value, apiVersion),
				);
				values.delete(id);
				values.set(id, { field: id, value });
			}),
		);
	}
	if (errors.some((problems) => Object.keys(problems).length > 0)) {
		throw Object.assign(new FieldError(), { messages: errors });
	}
	return [...values.values()];
}

class EntryError extends Error {
	readonly problems: object;
	constructor(problems: object) {
		super('A custom field entry is wrong');
		this.problems = problems;
	}
}

function problemsOf(read: () => void): object {
	try {
		read();
		return {};
	} catch (error) {
		if (error instanceof EntryError) return error.problems;
		throw error;
	}
}

function inField(name: string, check: () => unknown): unknown {
	try {
		return check();
	} catch (error) {
		if (error instanceof FieldError) throw new EntryError({ [name]: error.messages });
		throw error;
	}
}

/** Replaces all values; those that stay keep their place. */
export function replaceValues(call: Call, document: Document, values: FieldValue[]): void {
	const given = new Map(values.map((value) => [value.field, value]));
	const kept = document.custom_fields.filter(({ field }) => given.has(field));
	for (const { field } of document.custom_fields) {
		if (!given.has(field)) setValue(call.store, document, field, undefined);
	}
	document.custom_fields = kept;
	for (const { field, value } of values) setValue(call.store, document, field, value);
}

/** Links are kept on both sides; undefined takes the field off the document. */
export function setValue(store: Store, document: Document, fieldId: number, value: unknown): void {
	const existing = document.custom_fields.find(({ field }) => field === fieldId);
	if (store.custom_fields.get(fieldId)?.data_type === 'documentlink') {
		mirrorLinks(store, document.id, fieldId, asIds(existing?.value), asIds(value));
	}
	if (value === undefined) {
		document.custom_fields = document.custom_fields.filter((entry) => entry !== existing);
	} else if (existing) {
		existing.value = value;
	} else {
		document.custom_fields.push({ field: fieldId, value });
	}
}

const asIds = (value: unknown): number[] => (Array.isArray(value) ? value : []);

function mirrorLinks(
	store: Store,
	from: number,
	field: number,
	before: number[],
	after: number[],
): void {
	for (const id of new Set([...before, ...after])) {
		const target = store.documents.get(id);
		if (target === undefined || id === from || before.includes(id) === after.includes(id)) continue;
		const entry = target.custom_fields.find((value) => value.field === field);
		const links = asIds(entry?.value).filter((link) => link !== from);
		const value = after.includes(id) ? [...links, from] : links;
		if (entry) entry.value = value;
		else target.custom_fields.push({ field, value });
		store.touch(target);
	}
}

/** Later servers let nobody link to what he may not change. */
export function requireLinkRights({ store, profile, user }: Call, values: FieldValue[]): void {
	if (!profile.strictCustomFields) return;
	for (const { field, value } of values) {
		if (store.custom_fields.get(field)?.data_type !== 'documentlink') continue;
		for (const id of asIds(value)) {
			const target = store.documents.get(id);
			if (target && !mayChange(target, user)) {
				refuse(403, { detail: 'Insufficient permissions.' });
			}
		}
	}
}
