import { randomBytes } from 'node:crypto';
import { updateAll } from './bulkUpdate.mts';
import {
	boolean,
	choice,
	mergeGrants,
	owner,
	reference,
	setPermissions,
	text,
	validate,
	wrong,
} from './fields.mts';
import type { Check, Field } from './fields.mts';
import { endingOf } from './files.mts';
import { equals, oneOf, textLookups, yesOrNo } from './filters.mts';
import type { Filters } from './filters.mts';
import { crash, data, ok, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { compareKeys } from './objectList.mts';
import { objectRoutes } from './objects.mts';
import type { Kind, Occasion } from './objects.mts';
import { inNewStyle, isTemplate, renderPath } from './pathTemplate.mts';
import { maySee, permissionKeys, requireChange, wantsFullPermissions } from './permissions.mts';
import { noGrants } from './store.mts';
import type {
	CustomField,
	Document,
	Matching,
	Owned,
	SelectOption,
	StoragePath,
	Store,
	Tag,
} from './store.mts';
import { isoTime } from './times.mts';

export const slugify = (name: string): string =>
	name
		.normalize('NFKD')
		.replace(/[^\w\s-]/g, '')
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '-');

const regularExpression = (pattern: string, { profile }: Call): void => {
	try {
		new RegExp(pattern.replace(/\(\?P</g, '(?<'));
	} catch {
		const why = profile.createdIsDate
			? ', see log for details.'
			: ': missing ), unterminated subpattern';
		refuse(400, { match: [`Invalid regular expression${why}`] });
	}
};

const matchingFields = (): Record<string, Field> => ({
	name: { check: text({ max: 128 }), required: true },
	match: { check: text({ max: 256, blank: true }), initial: () => '' },
	matching_algorithm: {
		check: choice(0, 1, 2, 3, 4, 5, 6),
		initial: () => 1,
	},
	is_insensitive: { check: boolean, initial: () => true },
	owner,
	set_permissions: { ...setPermissions, nullable: false },
});

/** Names are unique per owner. No user may reuse the name of an object without an owner. */
function requireUniqueName<T extends Owned & { name: string }>(
	rows: Iterable<T>,
	wanted: { id?: number; name: string; owner: number | null },
	verbose: string,
	creating: boolean,
): void {
	for (const row of rows) {
		if (row.id === wanted.id || row.name !== wanted.name) continue;
		if (row.owner === null) refuse(400, { name: [`${verbose} with this name already exists.`] });
		if (row.owner !== wanted.owner) continue;
		if (creating) refuse(400, { error: 'Object violates owner / name unique constraint' });
		refuse(400, { non_field_errors: ['The fields name, owner must make a unique set.'] });
	}
}

/** Converts `set_permissions` and the default owner into the form of the store. */
export function withOwnership<T extends Owned>(
	values: Record<string, unknown>,
	call: Call,
	existing: T | undefined,
): Partial<T> {
	const { set_permissions: given, ...rest } = values;
	const grants = given
		? mergeGrants(existing?.grants ?? noGrants(), given)
		: (existing?.grants ?? noGrants());
	const owned = existing ? rest : { owner: call.user.id, ...rest };
	if (existing && call.profile.ownerGuarded && existing.owner !== null) {
		const takes = 'owner' in rest && rest['owner'] !== existing.owner;
		const foreign = existing.owner !== call.user.id && !call.user.is_superuser;
		if (foreign && (takes || given)) refuse(403, { detail: 'Insufficient permissions.' });
	}
	return { ...owned, grants } as unknown as Partial<T>;
}

type Relation = 'tags' | 'correspondents' | 'document_types' | 'storage_paths';

const carries: Record<Relation, (document: Document) => readonly (number | null)[]> = {
	tags: ({ tags }) => tags,
	correspondents: ({ correspondent }) => [correspondent],
	document_types: ({ document_type: type }) => [type],
	storage_paths: ({ storage_path: path }) => [path],
};

/** Counts the visible documents of each object, by the object's id. */
export function countDocuments(
	store: Store,
	sees: (document: Document) => boolean,
	of: (document: Document) => readonly (number | null)[],
): Map<number | null, number> {
	const counts = new Map<number | null, number>();
	for (const document of store.documents.values()) {
		if (document.deleted_at !== null || document.root !== null || !sees(document)) continue;
		for (const id of of(document)) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}

const seenCounts = ({ store, user }: Call, relation: Relation): Map<number | null, number> =>
	countDocuments(store, (document) => maySee(document, user), carries[relation]);

export const nameFilters = <T extends { id: number; name: string }>(): Filters<T> => ({
	id: equals((row) => row.id),
	id__in: oneOf((row) => row.id),
	...textLookups('name', (row) => row.name),
});

const byName = (a: { name: string; id: number }, b: { name: string; id: number }) =>
	compareKeys(a.name.toLowerCase(), b.name.toLowerCase()) || a.id - b.id;

function matchingKind<T extends Matching>(
	relation: Relation,
	model: string,
	label: string,
	verbose: string,
	own: Pick<Kind<T>, 'fields'> &
		Partial<Kind<T>> & {
			extra?: (row: T, call: Call) => object;
			details?: (row: T, call: Call, occasion: Occasion) => object;
		},
): Kind<T> {
	const table = (call: Call) => call.store[relation] as unknown as ReturnType<Kind<T>['table']>;
	return {
		path: `${relation}/`,
		model,
		label,
		table,
		filters: nameFilters<T>(),
		defaultOrder: byName,
		visible: (row, call) => maySee(row, call.user),
		requireChange: (row, call) => requireChange(row, call.user),
		...own,
		sortings: (call) => {
			const counts = seenCounts(call, relation);
			return {
				name: (row) => row.name,
				matching_algorithm: (row) => row.matching_algorithm,
				match: (row) => row.match,
				document_count: (row) => counts.get(row.id) ?? 0,
				...own.sortings?.(call),
			};
		},
		fields: (call, existing) => ({ ...matchingFields(), ...own.fields(call, existing) }),
		prepare: (values, call, existing) => {
			const put = call.method === 'PUT' ? { owner: null } : {};
			const prepared = withOwnership<T>({ ...put, ...values }, call, existing);
			const row = { ...existing, ...prepared } as T;
			if (row.matching_algorithm === 4) regularExpression(row.match, call);
			requireUniqueName(table(call).values(), row, verbose, existing === undefined);
			return own.prepare?.(prepared, call, existing) ?? prepared;
		},
		show: (rows, call, occasion) => {
			const counts = occasion === 'created' ? undefined : seenCounts(call, relation);
			const show = (row: T): Record<string, unknown> => ({
				id: row.id,
				slug: slugify(row.name),
				name: row.name,
				match: row.match,
				matching_algorithm: row.matching_algorithm,
				is_insensitive: row.is_insensitive,
				...(counts && { document_count: counts.get(row.id) ?? 0 }),
				...permissionKeys(row, call.user, wantsFullPermissions(call)),
				...own.extra?.(row, call),
				...own.details?.(row, call, occasion),
				...(relation === 'tags' &&
					isNested(call) && {
						children: childrenOf(call.store, row.id).map((child) => show(child as unknown as T)),
					}),
			});
			return rows.map(show);
		},
		remove: (row, call) => {
			own.remove?.(row, call);
			const fields = {
				correspondents: 'correspondent',
				document_types: 'document_type',
				storage_paths: 'storage_path',
				tags: null,
			} as const;
			const field = fields[relation];
			const had = [...call.store.documents.values()].filter(
				(document) => field !== null && document[field] === row.id,
			);
			for (const document of had) if (field !== null) document[field] = null;
			if (relation === 'storage_paths') updateAll(call.store, (document) => had.includes(document));
		},
	};
}

function lastCorrespondence(id: number, { store, profile }: Call): string | null {
	const times = store
		.livingDocuments()
		.filter((document) => document.correspondent === id)
		.map(({ created }) => created);
	const last = times.toSorted().at(-1);
	if (last === undefined) return null;
	return profile.createdIsDate ? last.slice(0, 10) : isoTime(last);
}

const wantsLastCorrespondence = ({ query }: Call): boolean =>
	query.filled('last_correspondence') !== undefined;

const childrenOf = (store: Store, id: number): Tag[] =>
	store.tags.filter(({ parent }) => parent === id).toSorted(byName);

/** The tag and all its descendants. */
export const withDescendants = (store: Store, id: number): number[] => [
	id,
	...childrenOf(store, id).flatMap((child) => withDescendants(store, child.id)),
];

/** The tag and all its ancestors. */
export function withAncestors(store: Store, id: number): number[] {
	const parent = store.tags.get(id)?.parent ?? null;
	return parent === null ? [id] : [id, ...withAncestors(store, parent)];
}

const oldColours = [
	'#a6cee3',
	'#1f78b4',
	'#b2df8a',
	'#33a02c',
	'#fb9a99',
	'#e31a1c',
	'#fdbf6f',
	'#ff7f00',
	'#cab2d6',
	'#6a3d9a',
	'#b15928',
	'#000000',
	'#cccccc',
];

const colour: Check = (value) => oldColours[Number(value) - 1] ?? wrong('Invalid input.');

const hexColour: Check = (value) =>
	/^#[0-9a-fA-F]{6}$/.test(String(value)) ? value : wrong('Invalid color.');

function textColour(color: string): string {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
		(at) => parseInt(color.slice(at, at + 2), 16) / 255,
	);
	const luminance = Math.sqrt(0.299 * red ** 2 + 0.587 * green ** 2 + 0.114 * blue ** 2);
	return luminance < 0.53 ? '#ffffff' : '#000000';
}

const maxDepth = 5;

function parentOf(existing: Tag | undefined): Field {
	const known = reference('tags');
	const check: Check = (value, store) => {
		const parent = known(value, store) as number | null;
		if (parent === null) return null;
		if (parent === existing?.id) return wrong('Cannot set itself as parent.');
		if (existing && withDescendants(store, existing.id).includes(parent)) {
			return wrong('Cannot set parent to a descendant.');
		}
		const below = existing ? depthBelow(store, existing.id) : 1;
		return withAncestors(store, parent).length + below > maxDepth
			? wrong('Maximum nesting depth exceeded.')
			: parent;
	};
	return { check, nullable: true, initial: () => null };
}

const depthBelow = (store: Store, id: number): number =>
	1 + Math.max(0, ...childrenOf(store, id).map((child) => depthBelow(store, child.id)));

const isNested = ({ profile, apiVersion }: Call): boolean => profile.nestedTags && apiVersion > 1;

const tags = matchingKind<Tag>('tags', 'tag', 'Tag', 'tag', {
	fields: (call, existing) => ({
		...(call.apiVersion === 1
			? { colour: { check: colour, initial: () => oldColours[0] } }
			: { color: { check: hexColour, initial: () => oldColours[0] } }),
		is_inbox_tag: { check: boolean, initial: () => false },
		...(isNested(call) && { parent: parentOf(existing) }),
	}),
	prepare: (values, _, existing): Partial<Tag> => {
		const { colour: color, ...rest } = values;
		return {
			...(existing ? {} : { parent: null }),
			...(color ? { color } : {}),
			...rest,
		} as Partial<Tag>;
	},
	filters: {
		...nameFilters<Tag>(),
		is_root: (value, call) =>
			call.profile.nestedTags
				? yesOrNo<Tag>(({ parent }) => parent === null)(value, call)
				: undefined,
	},
	sortings: () => ({ color: (row) => row.color }),
	extra: (row, call) => ({
		...(call.apiVersion === 1
			? { colour: Math.max(1, oldColours.indexOf(row.color) + 1) }
			: { color: row.color, text_color: textColour(row.color) }),
		is_inbox_tag: row.is_inbox_tag,
		...(isNested(call) && { parent: row.parent }),
	}),
	listExtras: (rows, { store, profile, apiVersion }) => {
		const shown = new Set(rows.flatMap(({ id }) => withDescendants(store, id)));
		return {
			...(apiVersion < 10 && { all: [...shown] }),
			...(profile.documentVersions && { display_count: shown.size }),
		};
	},
	saved: (row, call, before) => {
		if (!row.parent || row.parent === before?.parent) return;
		for (const document of call.store.documents.values()) {
			if (document.tags.includes(row.id)) addTags(call.store, document, [row.id]);
		}
		if (before) updateAll(call.store, (document) => document.tags.includes(row.id));
	},
	remove: ({ id }, call) => {
		for (const gone of withDescendants(call.store, id)) {
			call.store.tags.delete(gone);
			for (const document of call.store.documents.values()) {
				document.tags = document.tags.filter((tag) => tag !== gone);
			}
		}
	},
});

/** Adds the tags with their ancestors. Returns whether any tag was new. */
export function addTags(store: Store, document: Document, ids: readonly number[]): boolean {
	const wanted = new Set([...document.tags, ...ids.flatMap((id) => withAncestors(store, id))]);
	const grew = wanted.size > document.tags.length;
	document.tags = [...wanted];
	return grew;
}

export function removeTags(store: Store, document: Document, ids: readonly number[]): boolean {
	const gone = new Set(ids.flatMap((id) => withDescendants(store, id)));
	const kept = document.tags.filter((id) => !gone.has(id));
	const shrank = kept.length < document.tags.length;
	document.tags = kept;
	return shrank;
}

const template: Check = (value, store) => {
	const path = inNewStyle(text()(value, store) as string);
	return isTemplate(store, path) ? path : wrong('Invalid variable detected.');
};

const storagePaths = matchingKind<StoragePath>(
	'storage_paths',
	'storagepath',
	'StoragePath',
	'storage path',
	{
		fields: () => ({ path: { check: template, required: true } }),
		filters: { ...nameFilters<StoragePath>(), ...textLookups('path', (row) => row.path) },
		sortings: () => ({ path: (row) => row.path }),
		extra: (row) => ({ path: row.path }),
		saved: (row, { store }, before) =>
			before && updateAll(store, (document) => document.storage_path === row.id),
	},
);

export const dataTypes = [
	'string',
	'url',
	'date',
	'boolean',
	'integer',
	'float',
	'monetary',
	'documentlink',
	'select',
];

export const selectOptions = (field: { extra_data: unknown }): SelectOption[] => {
	const extra = field.extra_data as { select_options?: SelectOption[] } | null;
	return extra?.select_options ?? [];
};

function prepareCustomField(
	values: Record<string, unknown>,
	call: Call,
	existing: CustomField | undefined,
): Partial<CustomField> {
	const row = { extra_data: null, ...existing, ...values } as CustomField;
	const taken = call.store.custom_fields.find(({ id, name }) => name === row.name && id !== row.id);
	if (taken) refuse(400, { name: ['custom field with this name already exists.'] });
	const names = 'data_type' in values || existing?.data_type === 'select';
	if (!names || (row.data_type !== 'select' && row.data_type !== 'monetary')) return row;
	// Paperless crashes when it expects an object and gets null.
	if (values['extra_data'] === null && row.data_type === 'select') crash();
	const extra = (values['extra_data'] ?? {}) as Record<string, unknown>;
	if (row.data_type === 'monetary') {
		const currency = extra['default_currency'] ?? '';
		const valid = currency === '' || (typeof currency === 'string' && currency.length === 3);
		if (!valid)
			refuse(400, { error: ['extra_data.default_currency must be a 3-character string'] });
		return row;
	}
	const options = readOptions(extra['select_options'], call);
	return { ...row, extra_data: { ...extra, select_options: options } };
}

function readOptions(given: unknown, { apiVersion }: Call): SelectOption[] {
	const options = Array.isArray(given) ? given : [];
	const labelled = options.map((option: unknown) =>
		typeof option === 'string'
			? apiVersion < 7
				? { label: option }
				: crash()
			: (option as Partial<SelectOption>),
	);
	if (labelled.length === 0 || !labelled.every(({ label }) => label))
		refuse(400, { error: ['extra_data.select_options must be a valid list'] });
	return labelled.map((option) => ({ ...option, id: option.id ?? optionId() }) as SelectOption);
}

const optionId = (): string =>
	randomBytes(12).toString('base64').replace(/[+/=]/g, 'x').slice(0, 16);

const shownExtra = (field: CustomField, { apiVersion }: Call): unknown =>
	field.data_type === 'select' && apiVersion < 7
		? {
				...(field.extra_data as object),
				select_options: selectOptions(field).map(({ label }) => label),
			}
		: field.extra_data;

export const customFields: Kind<CustomField> = {
	path: 'custom_fields/',
	model: 'customfield',
	label: 'CustomField',
	table: ({ store }) => store.custom_fields,
	filters: nameFilters<CustomField>(),
	sortings: () => ({
		id: (row) => row.id,
		name: (row) => row.name,
		data_type: (row) => row.data_type,
	}),
	defaultOrder: (a, b, { profile }) => (profile.documentVersions ? byName(a, b) : b.id - a.id),
	fields: (call) => ({
		name: { check: text({ max: 128 }), required: true },
		data_type: {
			check: choice(...dataTypes, ...(call.profile.longTextFields ? ['longtext'] : [])),
			required: true,
		},
		extra_data: { check: (value) => value, nullable: true },
	}),
	prepare: prepareCustomField,
	show: (rows, call, occasion) => {
		const counts = countDocuments(
			call.store,
			(document) => maySee(document, call.user),
			(document) => document.custom_fields.map(({ field }) => field),
		);
		return rows.map((row) => ({
			id: row.id,
			name: row.name,
			data_type: row.data_type,
			extra_data: shownExtra(row, call),
			...(occasion !== 'created' && { document_count: counts.get(row.id) ?? 0 }),
		}));
	},
	saved: (row, call, before) => {
		if (row.data_type !== 'select' || before === undefined) return;
		const known = new Set<unknown>(selectOptions(row).map(({ id }) => id));
		for (const { custom_fields: values } of call.store.documents.values()) {
			for (const value of values) {
				if (value.field === row.id && !known.has(value.value)) value.value = null;
			}
		}
	},
	remove: ({ id }, call) => {
		for (const document of call.store.documents.values()) {
			document.custom_fields = document.custom_fields.filter(({ field }) => field !== id);
		}
	},
};

function testPath(call: Call): Reply {
	const fields = {
		path: { check: text(), required: true },
		document: { check: reference('documents'), required: true },
	};
	const values = validate(fields, data(call), call.store, false);
	const document = call.store.documents.get(values['document'] as number) as Document;
	if (call.profile.createdIsDate && !maySee(document, call.user))
		refuse(400, { document: [`Invalid pk "${document.id}" - object does not exist.`] });
	const path = renderPath(call.store, document, values['path'] as string);
	const ending = call.profile.documentVersions ? endingOf(document, 'original') : '';
	return path === null ? { status: 200 } : ok(`${path}${ending}`);
}

export const classificationKinds = {
	tags: tags as unknown as Kind<Matching>,
	correspondents: matchingKind<Matching>(
		'correspondents',
		'correspondent',
		'Correspondent',
		'correspondent',
		{
			fields: () => ({}),
			sortings: (call) => ({
				last_correspondence: (row) =>
					wantsLastCorrespondence(call) ? lastCorrespondence(row.id, call) : crash(),
			}),
			details: (row, call, occasion) =>
				occasion === 'detail' || (occasion === 'list' && wantsLastCorrespondence(call))
					? { last_correspondence: lastCorrespondence(row.id, call) }
					: {},
		},
	),
	document_types: matchingKind<Matching>(
		'document_types',
		'documenttype',
		'DocumentType',
		'document type',
		{ fields: () => ({}) },
	),
	storage_paths: storagePaths as unknown as Kind<Matching>,
};

export const classificationRoutes: Route[] = [
	{ path: 'storage_paths/test/', on: { POST: testPath } },
	...Object.values(classificationKinds).flatMap(objectRoutes),
	...objectRoutes(customFields),
];
