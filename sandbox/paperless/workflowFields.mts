import {
	FieldError,
	attempt,
	boolean,
	checkFields,
	choice,
	dictionary,
	integer,
	list,
	reference,
	references,
	text,
	wrong,
} from './fields.mts';
import type { Check, Field } from './fields.mts';
import { pythonType } from './http.mts';
import type { Call } from './http.mts';
import { compareKeys } from './objectList.mts';
import { withoutInitials } from './objects.mts';
import type { Profile } from './profiles.mts';
import { FilterRefusal, compileCustomFieldQuery } from './search/customFieldQuery.mts';
import type { Row, Store } from './store.mts';

type Linked =
	| 'tags'
	| 'correspondents'
	| 'document_types'
	| 'storage_paths'
	| 'custom_fields'
	| 'users'
	| 'groups';

/** What triggers and actions point to; a plural name holds a list. */
const links: [string, Linked, ('nestedTags' | 'documentVersions')?][] = [
	['filter_has_tags', 'tags'],
	['filter_has_all_tags', 'tags', 'nestedTags'],
	['filter_has_not_tags', 'tags', 'nestedTags'],
	['filter_has_any_correspondents', 'correspondents', 'documentVersions'],
	['filter_has_not_correspondents', 'correspondents', 'nestedTags'],
	['filter_has_any_document_types', 'document_types', 'documentVersions'],
	['filter_has_not_document_types', 'document_types', 'nestedTags'],
	['filter_has_any_storage_paths', 'storage_paths', 'documentVersions'],
	['filter_has_not_storage_paths', 'storage_paths', 'nestedTags'],
	['filter_has_correspondent', 'correspondents'],
	['filter_has_document_type', 'document_types'],
	['filter_has_storage_path', 'storage_paths', 'nestedTags'],
	['schedule_date_custom_field', 'custom_fields'],
	['assign_tags', 'tags'],
	['assign_correspondent', 'correspondents'],
	['assign_document_type', 'document_types'],
	['assign_storage_path', 'storage_paths'],
	['assign_owner', 'users'],
	['assign_view_users', 'users'],
	['assign_view_groups', 'groups'],
	['assign_change_users', 'users'],
	['assign_change_groups', 'groups'],
	['assign_custom_fields', 'custom_fields'],
	['remove_tags', 'tags'],
	['remove_correspondents', 'correspondents'],
	['remove_document_types', 'document_types'],
	['remove_storage_paths', 'storage_paths'],
	['remove_custom_fields', 'custom_fields'],
	['remove_owners', 'users'],
	['remove_view_users', 'users'],
	['remove_view_groups', 'groups'],
	['remove_change_users', 'users'],
	['remove_change_groups', 'groups'],
];

const removals = [
	'tags',
	'correspondents',
	'document_types',
	'storage_paths',
	'custom_fields',
	'owners',
	'permissions',
].map((what) => `remove_all_${what}`);

const linkFields = (profile: Profile, names: RegExp): Record<string, Field> =>
	Object.fromEntries(
		links
			.filter(([name, , since]) => names.test(name) && (!since || profile[since]))
			.map(([name, kind]): [string, Field] => [
				name,
				name.endsWith('s')
					? { check: references(kind), initial: () => [] }
					: { check: reference(kind), nullable: true, initial: () => null },
			]),
	);

/** An empty text counts as none. */
const optional = (check: Check): Field => ({
	check: (value, store) => (value === '' ? null : check(value, store)),
	nullable: true,
	initial: () => null,
});

const sources: Check = (value, store) => {
	if (!Array.isArray(value))
		return wrong(`Expected a list of items but got type "${pythonType(value)}".`);
	const chosen = value.map((item) => choice(1, 2, 3, 4)(item, store) as number);
	return [...new Set(chosen)].toSorted();
};

const customFieldQuery: Check = (value, store) => {
	const query = text()(value, store) as string;
	try {
		compileCustomFieldQuery(query, [...store.custom_fields.values()], store.profile.name);
		return query;
	} catch (error) {
		if (!(error instanceof FilterRefusal)) throw error;
		throw new FieldError(error.body?.custom_field_query);
	}
};

export const triggerFields = ({ profile }: Call): Record<string, Field> => ({
	type: { check: choice(1, 2, 3, 4), initial: () => 1 },
	sources: { check: sources, initial: () => [1, 2, 3] },
	filter_path: optional(text({ max: 256 })),
	filter_filename: optional(text({ max: 256 })),
	filter_mailrule: { check: integer(), nullable: true },
	matching_algorithm: { check: choice(0, 1, 2, 3, 4, 5), initial: () => 0 },
	match: { check: text({ max: 256, blank: true }), initial: () => '' },
	is_insensitive: { check: boolean, initial: () => true },
	schedule_offset_days: {
		check: integer(profile.nestedTags ? {} : { min: 0 }),
		initial: () => 0,
	},
	schedule_is_recurring: { check: boolean, initial: () => false },
	schedule_recurring_interval_days: { check: integer({ min: 1 }), initial: () => 1 },
	schedule_date_field: {
		check: choice('added', 'created', 'modified', 'custom_field'),
		initial: () => 'added',
	},
	...(profile.nestedTags && { filter_custom_field_query: optional(customFieldQuery) }),
	...linkFields(profile, /^(filter|schedule)/),
});

const titleNames =
	/^(correspondent|document_type|owner_username|original_filename|filename|(added|created)(_year(_short)?|_month(_name(_short)?)?|_day|_time)?)$/;

/** The server tries a title as a format of Python's, whatever it is rendered with later. */
const titleFormat: Check = (value, store) => {
	const title = text()(value, store) as string;
	const broken = (what: string): never => wrong(`Invalid f-string detected: "${what}"`);
	const rest = title
		.replace(/\{\{|\}\}/g, '')
		.replace(/\{(\w*)[^{}]*\}/g, (_, name: string) => (titleNames.test(name) ? '' : broken(name)));
	if (rest.includes('{')) broken("expected '}' before end of string");
	if (rest.includes('}')) broken("Single '}' encountered in format string");
	return title;
};

const address: Check = (value, store) => {
	const url = text({ max: 256 })(value, store) as string;
	const [, scheme] = /^([a-z][a-z\d+.-]*):/i.exec(url) ?? [];
	if (scheme === undefined) return wrong(`Unable to parse URI ${url}, missing scheme`);
	if (!/^https?$/i.test(scheme))
		wrong(`URI scheme '${scheme}' is not allowed. Allowed schemes: https, http`);
	return url;
};

const anything: Field = { check: (value) => value, nullable: true, initial: () => null };

const id: Field = { check: integer() };

const webhookFields: Record<string, Field> = {
	id,
	url: { check: address, required: true },
	use_params: { check: boolean, initial: () => true },
	as_json: { check: boolean, initial: () => false },
	params: anything,
	body: optional(text({ trim: false })),
	headers: anything,
	include_document: { check: boolean, initial: () => false },
};

const emailFields: Record<string, Field> = {
	id,
	subject: { check: text({ max: 256 }), required: true },
	body: { check: text(), required: true },
	to: { check: text(), required: true },
	include_document: { check: boolean, initial: () => false },
};

const part = (fields: Record<string, Field>, call: Call): Field => ({
	check: (value, store) => {
		const given = dictionary(value, store) as Record<string, unknown>;
		return checkFields(
			given['id'] ? withoutInitials(fields) : fields,
			given,
			store,
			isPartial(call),
		);
	},
	nullable: true,
});

/** By PATCH even what is nested may lack what is required. */
export const isPartial = ({ method }: Call): boolean => method === 'PATCH';

export const actionFields = (call: Call): Record<string, Field> => ({
	type: {
		check: choice(...[1, 2, 3, 4, 5, 6].slice(0, call.profile.documentVersions ? 6 : 4)),
		initial: () => 1,
	},
	assign_title: optional(titleFormat),
	assign_custom_fields_values: { check: dictionary, nullable: true, initial: () => ({}) },
	...Object.fromEntries(removals.map((name) => [name, { check: boolean, initial: () => false }])),
	...linkFields(call.profile, /^(assign|remove)/),
	email: part(emailFields, call),
	webhook: part(webhookFields, call),
	...(call.profile.documentVersions && {
		passwords: { check: list(text()), nullable: true, initial: () => null },
	}),
});

/** Nested rows; what is fine stands as `{}` among what is wrong. */
export const nested =
	(
		fields: Record<string, Field>,
		call: Call,
		check: (values: Record<string, unknown>) => Record<string, unknown>,
	): Check =>
	(value, store) => {
		if (!Array.isArray(value)) {
			const message = `Expected a list of items but got type "${pythonType(value)}".`;
			throw new FieldError({ non_field_errors: [message] });
		}
		const plain = { id, ...withoutInitials(fields) };
		const errors: unknown[] = value.map(() => ({}));
		const items = value.map((item: unknown, index) =>
			attempt(
				() => {
					if (typeof item !== 'object' || item === null || Array.isArray(item))
						wrong(`Invalid data. Expected a dictionary, but got ${pythonType(item)}.`);
					return check(checkFields(plain, item as Record<string, unknown>, store, isPartial(call)));
				},
				(messages) =>
					(errors[index] = Array.isArray(messages) ? { non_field_errors: messages } : messages),
			),
		);
		if (items.includes(undefined)) throw new FieldError(errors);
		return items;
	};

type Named = Row & { name?: string };

/** What still exists of what a row points to, named things by their names. */
export function linked(store: Store, row: object, name: string): number[] {
	const [, kind] = links.find(([known]) => known === name) as [string, Linked];
	const rows = store[kind].rows as Map<number, Named>;
	const ids = [(row as Record<string, number[] | number | null>)[name] ?? []].flat();
	return ids
		.flatMap((key) => rows.get(key) ?? [])
		.toSorted((a, b) =>
			kind === 'custom_fields' ? a.id - b.id : compareKeys(nameOf(a), nameOf(b)),
		)
		.map((found) => found.id);
}

const nameOf = ({ id: key, name }: Named): string | number => name ?? key;

/** A row as the API shows it: all fields of the server's version. */
export function shown(
	row: Row,
	fields: Record<string, Field>,
	store: Store,
): Record<string, unknown> {
	const values = row as unknown as Record<string, unknown>;
	const isLink = (name: string): boolean => links.some(([known]) => known === name);
	return Object.fromEntries([
		['id', row.id],
		...Object.keys(fields).map((name) => {
			if (!isLink(name)) return [name, values[name] ?? null];
			const ids = linked(store, row, name);
			return [name, name.endsWith('s') ? ids : (ids[0] ?? null)];
		}),
	]) as Record<string, unknown>;
}
