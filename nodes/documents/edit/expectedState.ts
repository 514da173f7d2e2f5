import type { CustomField } from '../../api/schemas/named';
import { membersBeside } from '../../events/membersBeside';
import type {
	CustomFieldIntent,
	DocumentIntent,
	PermissionIntent,
	TagIntent,
} from './documentIntent';
import type { DocumentState, FullGrants } from './documentState';
import { incremented, isEmptyValue } from './incremented';
import type { TagTree } from './tagTree';

/** What the rules of the server depend on. */
export type Archive = { tagTree: TagTree; customFields: ReadonlyMap<number, CustomField> };

const union = (...lists: ReadonlyArray<readonly number[]>): number[] => [...new Set(lists.flat())];

const upwards = (tree: TagTree, ids: readonly number[]) =>
	union(ids.flatMap((id) => tree.upwards(id)));

/** The tags that a request leaves which removes and adds single tags. */
export const tagsAfter = (
	before: readonly number[],
	{ add, remove }: { add: readonly number[]; remove: readonly number[] },
	tree: TagTree,
): number[] =>
	union(
		membersBeside(before, union(remove.flatMap((id) => tree.downwards(id)))),
		upwards(tree, add),
	);

/**
 * A tag brings the tags above it, and a tag that is removed takes off the tags below it
 * (docs/paperless-api.md#parent-tags). Removing inbox tags leaves the tags below them
 * (docs/paperless-api.md#inbox-tags).
 */
export function expectedTags(
	before: readonly number[],
	{ set, add = [], remove = [], removeInbox = false }: TagIntent,
	tree: TagTree,
): number[] {
	const removed = union(remove.flatMap((id) => tree.downwards(id)));
	const start = set === undefined ? before : upwards(tree, set);
	const left = removeInbox
		? membersBeside(
				start,
				before.filter((id) => tree.isInbox(id)),
			)
		: start;
	// A tag that the document has already costs no write, whatever stands above it.
	const added = membersBeside(add, left);
	return union(membersBeside(left, removed), upwards(tree, added), add);
}

const isLink = ({ customFields }: Archive, field: number) =>
	customFields.get(field)?.data_type === 'documentlink';

/** The ids in the value of a document link. */
export const linksIn = (value: unknown): number[] =>
	Array.isArray(value) ? value.filter((id) => typeof id === 'number') : [];

/**
 * A document never links to itself: the server would skip the whole field. When documents of one
 * edit are linked to each other, every link leads back
 * (docs/paperless-api.md#document-links).
 */
const expectedLinks = (id: number, value: unknown, editedTogether: readonly number[]): number[] => {
	const links = linksIn(value);
	return links.includes(id)
		? union(membersBeside(links, [id]), membersBeside(editedTogether, [id]))
		: links;
};

export function expectedCustomFields(
	id: number,
	before: ReadonlyMap<number, unknown>,
	intent: CustomFieldIntent,
	archive: Archive,
	editedTogether: readonly number[],
): Map<number, unknown> {
	const { set = {}, skipped = {}, remove = [], replace = false, keepExisting = false } = intent;
	const { attach = [], clear = [], increments = {} } = intent;
	// The server rejects an empty link that is null (docs/paperless-api.md#document-links).
	const emptied = (field: number): [number, unknown] => [field, isLink(archive, field) ? [] : null];
	const values = Object.entries(set)
		.filter(([field]) => !keepExisting || isEmptyValue(before.get(Number(field))))
		.map(([field, value]): [number, unknown] => [
			Number(field),
			isLink(archive, Number(field)) ? expectedLinks(id, value, editedTogether) : value,
		]);
	const numbers = Object.entries(increments).map(([field, by]): [number, unknown] => [
		Number(field),
		incremented(archive.customFields.get(Number(field)), before.get(Number(field)), by),
	]);
	const named = new Set([...attach, ...clear]);
	const isNamed = (field: number) =>
		field in skipped || (keepExisting && field in set) || field in increments || named.has(field);
	const removed = new Set(remove);
	const kept = [...before].filter(([field]) => (replace ? isNamed(field) : !removed.has(field)));
	return new Map([
		...kept,
		...attach.filter((field) => !before.has(field)).map(emptied),
		...clear.filter((field) => !isEmptyValue(before.get(field))).map(emptied),
		...values,
		...numbers,
	]);
}

const sorted = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);

/**
 * Whoever may change a document may see it as well, also where only the list of those who may see
 * it is replaced (docs/paperless-api.md#permission-lists).
 */
export function expectedPermissions(
	before: { view: FullGrants; change: FullGrants },
	{ view = {}, change = {}, merge = false }: PermissionIntent,
): { view: FullGrants; change: FullGrants } {
	const lists = (kind: 'users' | 'groups') => {
		const next = (had: readonly number[], given: readonly number[] | undefined) =>
			given === undefined ? had : merge ? union(had, given) : union(given);
		const changers = next(before.change[kind], change[kind]);
		const isReplaced = view[kind] !== undefined && !merge;
		const viewers = union(
			next(before.view[kind], view[kind]),
			isReplaced ? changers : (change[kind] ?? []),
		);
		return { viewers: sorted(viewers), changers: sorted(changers) };
	};
	const users = lists('users');
	const groups = lists('groups');
	return {
		view: { users: users.viewers, groups: groups.viewers },
		change: { users: users.changers, groups: groups.changers },
	};
}

/**
 * The state that the server makes of a document, by its rules. `editedTogether` are the ids of all
 * documents that the same item changes in the same way.
 */
export function expectedState(
	id: number,
	before: DocumentState,
	intent: DocumentIntent,
	archive: Archive,
	editedTogether: readonly number[],
): DocumentState {
	const { values = {}, content, tags, customFields, permissions } = intent;
	return {
		...before,
		values: { ...before.values, ...values },
		...(content !== undefined && { content }),
		...(tags && { tags: expectedTags(before.tags ?? [], tags, archive.tagTree) }),
		...(customFields && {
			customFields: expectedCustomFields(
				id,
				before.customFields ?? new Map(),
				customFields,
				archive,
				editedTogether,
			),
		}),
		...(permissions &&
			before.permissions && { permissions: expectedPermissions(before.permissions, permissions) }),
	};
}
