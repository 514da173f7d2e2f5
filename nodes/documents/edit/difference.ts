import type { ValueField } from '../../events/documentDiff';
import { membersBeside } from '../../events/membersBeside';
import type { CustomField } from '../../api/schemas/named';
import type { Grants, Permissions } from '../../api/schemas/document';
import type { DocumentState, FullGrants } from './documentState';
import type { DocumentIntent } from './documentIntent';
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
	/** The lists that change, always with the owner, because a bulk edit of permissions needs both. */
	permissions?: Permissions;
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

function grantsDifference(before: FullGrants, expected: FullGrants): Grants | undefined {
	const grants = {
		...(!sameIds(before.users, expected.users) && { users: [...expected.users] }),
		...(!sameIds(before.groups, expected.groups) && { groups: [...expected.groups] }),
	};
	return Object.keys(grants).length > 0 ? grants : undefined;
}

function permissionDifference(
	before: DocumentState['permissions'],
	expected: DocumentState['permissions'],
): Permissions | undefined {
	if (before === undefined || expected === undefined) return undefined;
	const view = grantsDifference(before.view, expected.view);
	const change = grantsDifference(before.change, expected.change);
	return view || change ? { ...(view && { view }), ...(change && { change }) } : undefined;
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
	const permissions = permissionDifference(before.permissions, expected.permissions);
	const difference: Difference = {
		values,
		...(expected.content !== before.content && { content: expected.content ?? '' }),
		...(tags && { tags }),
		...(customFields && { customFields }),
		...(permissions && { permissions }),
		...((permissions || newOwner !== undefined) && { owner: expected.values.owner ?? null }),
	};
	return Object.keys(values).length > 0 || Object.keys(difference).length > 1
		? difference
		: undefined;
}
