import { reference, references } from './fields.mts';
import type { Field } from './fields.mts';
import { compareKeys } from './objectList.mts';
import type { Profile } from './profiles.mts';
import type { Row, Store } from './store.mts';

/** The links of triggers and actions, by the server that introduced them. */
const names = {
	always: `filter_has_tags filter_has_correspondent filter_has_document_type
		schedule_date_custom_field assign_tags assign_correspondent assign_document_type
		assign_storage_path assign_owner assign_view_users assign_view_groups assign_change_users
		assign_change_groups assign_custom_fields remove_tags remove_correspondents
		remove_document_types remove_storage_paths remove_custom_fields remove_owners
		remove_view_users remove_view_groups remove_change_users remove_change_groups`,
	nestedTags: `filter_has_all_tags filter_has_not_tags filter_has_not_correspondents
		filter_has_not_document_types filter_has_not_storage_paths filter_has_storage_path`,
	documentVersions: `filter_has_any_correspondents filter_has_any_document_types
		filter_has_any_storage_paths`,
};

const kinds = {
	tag: 'tags',
	correspondent: 'correspondents',
	document_type: 'document_types',
	storage_path: 'storage_paths',
	custom_field: 'custom_fields',
	user: 'users',
	owner: 'users',
	group: 'groups',
} as const;

const pattern = new RegExp(`(${Object.keys(kinds).join('|')})(s?)$`);

/** Reads the kind from the name, and whether the field is a list. */
function read(name: string): { kind: (typeof kinds)[keyof typeof kinds]; isMany: boolean } {
	const [, noun, plural] = pattern.exec(name) ?? [];
	return { kind: kinds[noun as keyof typeof kinds], isMany: plural === 's' };
}

/** The fields of triggers or of actions, distinguished by the beginning of their names. */
export function linkFields(profile: Profile, begins: RegExp): Record<string, Field> {
	const known = [
		names.always,
		profile.nestedTags ? names.nestedTags : '',
		profile.documentVersions ? names.documentVersions : '',
	];
	const all = known.join(' ').trim().split(/\s+/);
	return Object.fromEntries(
		all
			.filter((name) => begins.test(name))
			.map((name): [string, Field] => {
				const { kind, isMany } = read(name);
				return [
					name,
					isMany
						? { check: references(kind), nullable: profile.strange, initial: () => [] }
						: { check: reference(kind), nullable: true, initial: () => null },
				];
			}),
	);
}

type Named = Row & { name?: string };

const nameOf = ({ id, name }: Named): string | number => name ?? id;

/** The ids of the linked objects that still exist, sorted by name; custom fields by id. */
export function linked(store: Store, row: object, name: string): number[] {
	const { kind } = read(name);
	const rows = store[kind].rows as Map<number, Named>;
	const ids = [(row as Record<string, number[] | number | null>)[name] ?? []].flat();
	const found = ids.flatMap((id) => rows.get(id) ?? []);
	return found
		.toSorted((a, b) =>
			kind === 'custom_fields' ? a.id - b.id : compareKeys(nameOf(a), nameOf(b)),
		)
		.map(({ id }) => id);
}

/** A row as the API shows it, with all fields of the server's version. */
export function shown(
	row: Row,
	fields: Record<string, Field>,
	store: Store,
): Record<string, unknown> {
	const links = linkFields(store.profile, /^/);
	const value = (name: string): unknown => {
		if (!(name in links)) return (row as unknown as Record<string, unknown>)[name] ?? null;
		const ids = linked(store, row, name);
		return read(name).isMany ? ids : (ids[0] ?? null);
	};
	const pairs = Object.keys(fields).map((name): [string, unknown] => [name, value(name)]);
	return { id: row.id, ...Object.fromEntries(pairs) };
}
