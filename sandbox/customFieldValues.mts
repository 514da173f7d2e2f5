import { selectOptions } from './classification.mts';
import { FieldError, attempt, date, integer, reference, wrong } from './fields.mts';
import type { Check } from './fields.mts';
import { crash, isCrash, pythonType, refuse } from './http.mts';
import type { Call } from './http.mts';
import { mayChange } from './permissions.mts';
import type { CustomField, Document, FieldValue, Store } from './store.mts';

/** A value in Python's notation. The server writes lists and objects into texts this way. */
function pythonText(value: unknown): string {
	if (typeof value === 'string') return `'${value}'`;
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	if (value === null) return 'None';
	if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
	if (typeof value !== 'object') return String(value);
	const entries = Object.entries(value).map(([key, item]) => `'${key}': ${pythonText(item)}`);
	return `{${entries.join(', ')}}`;
}

export const asText = (value: unknown): string =>
	typeof value === 'string' ? value : pythonText(value);

const string =
	(max: number): Check =>
	(value) => {
		if (typeof value === 'number' || typeof value === 'boolean') return crash();
		const text = asText(value);
		const { length } = [...text];
		return length > max
			? wrong(`Ensure this value has at most ${max} characters (it has ${length}).`)
			: text;
	};

const url: Check = (value) => {
	if (typeof value !== 'string') return crash();
	if (value === '' || /^[a-z][a-z0-9+.-]*:(\/\/)?[^\s/]/i.test(value)) return value;
	return wrong(
		/^[a-z][a-z0-9+.-]*:/i.test(value)
			? `Unable to parse URI ${value}, missing net location or path`
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
	if (!value.every((id) => id === null || Number.isInteger(id))) return crash();
	const known = value.every((id) => store.documents.get(id as number)?.deleted_at === null);
	if (!known || new Set(value).size < value.length) {
		return wrong("Some documents in value don't exist or were specified twice.");
	}
	return value;
};

const inRange = integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

const wholeNumber: Check = (value, store) => {
	if (typeof value === 'boolean' || !/^-?\d+$/.test(String(value))) wrong('Enter a valid integer.');
	if (store.profile.strictCustomFields) return inRange(value, store);
	return Math.abs(Number(value)) < 2 ** 63 ? Number(value) : crash();
};

/** Where the server does not check the date, the database rejects it. */
const day: Check = (value, store) =>
	store.profile.strictCustomFields ? date(value, store) : attempt(() => date(value, store), crash);

const checks: Record<string, Check> = {
	string: string(128),
	longtext: asText,
	url,
	date: day,
	boolean: truth,
	integer: wholeNumber,
	float: number,
	monetary,
	documentlink: links,
};

/** The id of the chosen option, or its position before API version 7. */
const option = (field: CustomField, value: unknown, apiVersion: number): unknown => {
	const options = selectOptions(field);
	if (apiVersion < 7)
		return (
			options[Number(value)]?.id ??
			wrong(`Value must be index of an element in ${options.map(({ label }) => label).join(', ')}`)
		);
	return options.some(({ id }) => id === value)
		? value
		: wrong(`Value must be an id of an element in ${pythonText(options)}`);
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

/** The values in a document's body. Messages are listed in the order of the entries. */
export function readValues(call: Call, given: unknown, document: Document): FieldValue[] {
	if (!Array.isArray(given)) {
		const message = `Expected a list of items but got type "${pythonType(given)}".`;
		throw new FieldError({ non_field_errors: [message] });
	}
	const errors: unknown[] = given.map(() => undefined);
	const values = new Map<number, FieldValue>();
	for (const [index, entry] of given.entries()) {
		const value = attempt(
			() => readEntry(call, entry, document),
			(messages) => (errors[index] = messages),
		);
		if (value === undefined) continue;
		values.delete(value.field);
		values.set(value.field, value);
	}
	if (errors.some((problems) => problems !== undefined)) {
		throw new FieldError(errors.map((problems) => problems ?? {}));
	}
	return [...values.values()];
}

function readEntry({ store, apiVersion }: Call, entry: unknown, document: Document): FieldValue {
	const under = <T,>(name: string, check: () => T): T =>
		attempt(check, (messages) => {
			throw new FieldError({ [name]: messages });
		}) as T;
	if (typeof entry !== 'object' || entry === null) {
		const message = `Invalid data. Expected a dictionary, but got ${pythonType(entry)}.`;
		return under('non_field_errors', () => wrong(message));
	}
	const { field: id, value } = entry as Partial<FieldValue>;
	if (id === undefined) return crash();
	const known = under('field', () => reference('custom_fields')(id, store)) as number;
	if (value === undefined) under('value', () => wrong('This field is required.'));
	const field = store.custom_fields.get(known) as CustomField;
	const read = () => checkValue(store, field, value, apiVersion);
	// The server removes the old links before it crashes on the new ones.
	if (field.data_type === 'documentlink' && isCrash(() => attempt(read, () => undefined))) {
		setValue(store, document, known, []);
	}
	return { field: known, value: under('non_field_errors', read) };
}

/** Replaces all values. Values that remain keep their position. */
export function replaceValues(call: Call, document: Document, values: FieldValue[]): void {
	const given = new Map(values.map((value) => [value.field, value]));
	const kept = document.custom_fields.filter(({ field }) => given.has(field));
	for (const { field } of document.custom_fields) {
		if (!given.has(field)) setValue(call.store, document, field, undefined);
	}
	document.custom_fields = kept;
	for (const { field, value } of values) setValue(call.store, document, field, value);
}

const texts = ['string', 'url', 'monetary', 'longtext'];

/** Sets a value in a bulk edit. Before 3.0 only the database checks it. */
export function setUnchecked(
	{ store, profile, apiVersion }: Call,
	document: Document,
	fieldId: number,
	value: unknown,
): void {
	const field = store.custom_fields.get(fieldId) as CustomField;
	const isLink = field.data_type === 'documentlink';
	if (isLink && asIds(value).includes(document.id)) return;
	if (isLink && !profile.createdIsDate) {
		if (value === null) crash();
		forgetLinks(document, fieldId);
		setValue(store, document, fieldId, value);
		if (!asIds(value).every((id) => store.documents.rows.has(id))) crash();
	} else if (texts.includes(field.data_type) && !profile.documentVersions) {
		setValue(store, document, fieldId, value === null ? null : asText(value));
	} else {
		const check = () => checkValue(store, field, value, apiVersion);
		const stored = isLink ? check() : attempt(check, crash);
		if (isLink) forgetLinks(document, fieldId);
		setValue(store, document, fieldId, stored);
	}
}

/** Stores links on both sides, except those of an upload. `undefined` removes the field from the document. */
export function setValue(
	store: Store,
	document: Document,
	fieldId: number,
	value: unknown,
	mirrors = true,
): void {
	const existing = document.custom_fields.find(({ field }) => field === fieldId);
	const type = store.custom_fields.get(fieldId)?.data_type;
	if (type === 'documentlink' && mirrors) {
		mirrorLinks(store, document.id, fieldId, asIds(existing?.value), asIds(value));
	}
	if (value === undefined) {
		document.custom_fields = document.custom_fields.filter((entry) => entry !== existing);
	} else if (existing) {
		Object.assign(existing, { value, type });
	} else {
		document.custom_fields.push({ field: fieldId, value, type, instance: store.nextInstanceId() });
	}
}

/** The server writes first and then compares the links with what it wrote, so links back stay. */
function forgetLinks(document: Document, fieldId: number): void {
	const existing = document.custom_fields.find(({ field }) => field === fieldId);
	if (existing) existing.value = null;
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
		else {
			const instance = store.nextInstanceId();
			target.custom_fields.push({ field, value, type: 'documentlink', instance });
		}
		// The server does not update the index.
		target.modified = store.now();
	}
}

/** Later servers reject links to documents that the user may not change. */
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
