import type { ValueField } from '../../events/documentDiff';
import { membersBeside } from '../../events/membersBeside';
import { chosenLists } from '../../api/grants';
import type { CustomField } from '../../api/schemas/named';
import type { Permissions } from '../../api/schemas/document';
import type { DocumentState } from './documentState';
import type { DocumentIntent, PermissionIntent } from './documentIntent';
import { dependsOnValues } from './documentIntent';
import type { Archive } from './expectedState';
import { linksIn, tagsAfter } from './expectedState';

export { membersBeside };

/** What has to be written. Two documents with equal differences can share requests. */
export type Difference = {
	values: Partial<Record<ValueField, unknown>>;
	content?: string;
	tags?: { add: readonly number[]; remove: readonly number[] };
	customFields?: { set: Record<string, unknown>; remove: readonly number[] };
	/**
	 * The lists that were asked for. Unless they are merged, the owner is always with them, because a
	 * bulk edit that replaces lists needs both.
	 */
	permissions?: Permissions;
	merge?: boolean;
	owner?: unknown;
};

/** Whether two lists hold the same ids, in any order. */
export const sameIds = (a: readonly number[], b: readonly number[]) =>
	a.length === b.length && membersBeside(a, b).length === 0;

/** Whether two values of a custom field are the same; the order of links means nothing. */
export const sameValue = (field: CustomField | undefined, a: unknown, b: unknown): boolean =>
	field?.data_type === 'documentlink'
		? (a === null) === (b === null) && sameIds(linksIn(a), linksIn(b))
		: JSON.stringify(a) === JSON.stringify(b);

const actions = ['view', 'change'] as const;
const holders = ['users', 'groups'] as const;

/** Whether two states of the permissions are equal. */
export const samePermissions = (
	a: NonNullable<DocumentState['permissions']>,
	b: NonNullable<DocumentState['permissions']>,
): boolean =>
	actions.every((action) =>
		holders.every((holder) => sameIds(a[action][holder], b[action][holder])),
	);

/**
 * Only the lists that were asked for are written, and the server itself merges them: somebody else
 * may have changed the others since the document was read.
 */
function permissionDifference(
	before: DocumentState['permissions'],
	expected: DocumentState['permissions'],
	{ merge = false, ...asked }: PermissionIntent = {},
): Pick<Difference, 'permissions' | 'merge'> {
	if (!before || !expected || samePermissions(before, expected)) return {};
	if (merge) return { permissions: asked, merge };
	return { permissions: chosenLists(expected, asked) };
}

/**
 * Documents that lack only some of the values get all that were asked for: the result is the same,
 * and more documents share a request.
 */
function customFieldDifference(
	before: ReadonlyMap<number, unknown>,
	expected: ReadonlyMap<number, unknown>,
	{ customFields: intent = {} }: DocumentIntent,
	{ customFields: fields }: Archive,
): Difference['customFields'] {
	const set = [...expected].filter(
		([id, value]) => !before.has(id) || !sameValue(fields.get(id), before.get(id), value),
	);
	const remove = [...before.keys()].filter((id) => !expected.has(id));
	if (set.length + remove.length === 0) return undefined;
	if (intent.replace === true || dependsOnValues(intent))
		return { set: Object.fromEntries(set), remove };
	const asked = Object.keys(intent.set ?? {}).map((id) => [id, expected.get(Number(id))] as const);
	return { set: Object.fromEntries(asked), remove: intent.remove ?? [] };
}

/** As with custom fields, where the tags of the document do not lead to another result. */
function tagDifference(
	before: readonly number[],
	expected: readonly number[],
	{ tags: intent = {} }: DocumentIntent,
	{ tagTree }: Archive,
): Difference['tags'] {
	const add = membersBeside(expected, before).sort((a, b) => a - b);
	const remove = membersBeside(before, expected).sort((a, b) => a - b);
	if (add.length + remove.length === 0) return undefined;
	const asked = {
		add: intent.add ?? [],
		remove: [
			...new Set([...(intent.remove ?? []), ...(intent.removeInbox ? tagTree.inboxTags : [])]),
		],
	};
	const isSame = sameIds(tagsAfter(before, asked, tagTree), expected);
	return intent.set === undefined && isSame ? asked : { add, remove };
}

/** The difference between two states of a document, or `undefined` where they are equal. */
export function differenceBetween(
	before: DocumentState,
	expected: DocumentState,
	intent: DocumentIntent,
	archive: Archive,
): Difference | undefined {
	const changed = Object.entries(expected.values).filter(
		([field, value]) => before.values[field as ValueField] !== value,
	);
	const { owner: newOwner, ...values } = Object.fromEntries(changed);
	const tags = tagDifference(before.tags ?? [], expected.tags ?? [], intent, archive);
	const customFields = customFieldDifference(
		before.customFields ?? new Map(),
		expected.customFields ?? new Map(),
		intent,
		archive,
	);
	const granted = permissionDifference(
		before.permissions,
		expected.permissions,
		intent.permissions,
	);
	const needsOwner = granted.permissions !== undefined && granted.merge !== true;
	const difference: Difference = {
		values,
		...(expected.content !== before.content && { content: expected.content ?? '' }),
		...(tags && { tags }),
		...(customFields && { customFields }),
		...granted,
		...((needsOwner || newOwner !== undefined) && { owner: expected.values.owner ?? null }),
	};
	return Object.keys(values).length > 0 || Object.keys(difference).length > 1
		? difference
		: undefined;
}
