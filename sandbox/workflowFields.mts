import {
	FieldError,
	attempt,
	boolean,
	checkFields,
	choice,
	dictionary,
	integer,
	list,
	text,
	wrong,
} from './fields.mts';
import type { Check, Field } from './fields.mts';
import { pythonType } from './http.mts';
import type { Call } from './http.mts';
import { withoutInitials } from './objects.mts';
import type { Profile } from './profiles.mts';
import { FilterRefusal, compileCustomFieldQuery } from './search/customFieldQuery.mts';
import { strangeType } from './strangers.mts';
import { linkFields } from './workflowLinks.mts';

const removals = [
	'tags',
	'correspondents',
	'document_types',
	'storage_paths',
	'custom_fields',
	'owners',
	'permissions',
].map((what) => `remove_all_${what}`);

/** An empty text counts as null. */
const optional = (check: Check): Field => ({
	check: (value, store) => (value === '' ? null : check(value, store)),
	nullable: true,
	initial: () => null,
});

const typesOf = ({ strange }: Profile, known: number[]): number[] =>
	strange ? [...known, strangeType] : known;

const sources: Check = (value, store) => {
	if (!Array.isArray(value))
		return wrong(`Expected a list of items but got type "${pythonType(value)}".`);
	const known = typesOf(store.profile, [1, 2, 3, 4]);
	const chosen = value.map((item) => choice(...known)(item, store) as number);
	return [...new Set(chosen)].toSorted();
};

const customFieldQuery: Check = (value, store) => {
	const query = text()(value, store) as string;
	try {
		compileCustomFieldQuery(query, [...store.custom_fields.values()], store.profile.recording);
		return query;
	} catch (error) {
		if (!(error instanceof FilterRefusal)) throw error;
		throw new FieldError(error.body?.custom_field_query);
	}
};

export const triggerFields = ({ profile }: Call): Record<string, Field> => ({
	type: { check: choice(...typesOf(profile, [1, 2, 3, 4])), initial: () => 1 },
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

/** The server checks a title as a Python format string, even if Jinja renders it later. */
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

/** With PATCH even nested objects may lack required fields. */
export const isPartial = ({ method }: Call): boolean => method === 'PATCH';

export const actionFields = (call: Call): Record<string, Field> => ({
	type: {
		check: choice(
			...typesOf(call.profile, call.profile.documentVersions ? [1, 2, 3, 4, 5, 6] : [1, 2, 3, 4]),
		),
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

/** Nested rows. In the messages, `{}` stands for each valid row. */
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
