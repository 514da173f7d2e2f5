import type { Grants } from '../../api/schemas/document';
import type { DocumentDiff, ListDiff, ValueDiff, ValueField } from '../../events/documentDiff';
import { emptyDiff, hasChanged, isUnchanged, listDiff } from '../../events/documentDiff';
import type { DocumentState } from './documentState';

type Action = 'view' | 'change';

/** What an edit changed on a document, in ids; beyond what triggers report also the permissions. */
export type EditDiff = DocumentDiff & {
	permissions: Partial<Record<Action, Partial<Record<keyof Grants, ListDiff>>>>;
	/** Links that other documents gained or lost, as ids of these documents, by the id of the field. */
	linkedBack: ReadonlyMap<number, ListDiff>;
};

const actions = ['view', 'change'] as const;
const holders = ['users', 'groups'] as const;

function permissionsDiff(before: DocumentState, after: DocumentState): EditDiff['permissions'] {
	const changed = actions.flatMap((action) => {
		const lists = holders
			.map((holder): [keyof Grants, ListDiff] => [
				holder,
				listDiff(
					before.permissions?.[action][holder] ?? [],
					after.permissions?.[action][holder] ?? [],
				),
			])
			.filter(([, diff]) => !isUnchanged(diff));
		return lists.length > 0 ? [[action, Object.fromEntries(lists)] as const] : [];
	});
	return Object.fromEntries(changed);
}

function customFieldDiffs(before: DocumentState, after: DocumentState): Map<number, ValueDiff> {
	const had = before.customFields ?? new Map<number, unknown>();
	const has = after.customFields ?? new Map<number, unknown>();
	const ids = [...new Set([...had.keys(), ...has.keys()])];
	// An empty value (null) differs from a field that the document does not have.
	const changed = ids.filter(
		(id) => had.has(id) !== has.has(id) || hasChanged({ from: had.get(id), to: has.get(id) }),
	);
	return new Map(changed.map((id) => [id, { from: had.get(id) ?? null, to: has.get(id) ?? null }]));
}

/** How a document differs from its state before an edit. */
export function diffOf(
	before: DocumentState,
	after: DocumentState,
	linkedBack: ReadonlyMap<number, ListDiff> = new Map(),
): EditDiff {
	const fields = Object.keys(before.values)
		.map((field): [ValueField, ValueDiff] => {
			const name = field as ValueField;
			return [name, { from: before.values[name] ?? null, to: after.values[name] ?? null }];
		})
		.filter(([, diff]) => hasChanged(diff));
	const tags = listDiff(before.tags ?? [], after.tags ?? []);
	return {
		...emptyDiff,
		fields: Object.fromEntries(fields),
		lists: isUnchanged(tags) ? {} : { tags },
		customFields: customFieldDiffs(before, after),
		facts: before.content === after.content ? [] : ['content'],
		permissions: permissionsDiff(before, after),
		linkedBack,
	};
}
