import type { ListDiff } from '../../events/documentDiff';
import { isUnchanged } from '../../events/documentDiff';
import { membersBeside } from '../../events/membersBeside';
import { groupBy } from '../../toolkit/groupBy';
import type { Change } from './changePlan';
import type { DocumentIntent } from './documentIntent';
import type { DocumentState } from './documentState';
import type { Archive } from './expectedState';
import { linksIn } from './expectedState';

/** One end of a link: the document that a field of another document names. */
export type LinkEnd = { field: number; to: number };

const isLink = ({ customFields }: Archive, field: number): boolean =>
	customFields.get(field)?.data_type === 'documentlink';

/** The documents that the values of document links name. */
export const linksOf = ({ customFields = {} }: DocumentIntent, archive: Archive): LinkEnd[] =>
	Object.entries(customFields.set ?? {}).flatMap(([id, value]) => {
		const field = Number(id);
		return isLink(archive, field) ? linksIn(value).map((to) => ({ field, to })) : [];
	});

/** The documents at the other end of links that a change writes or drops. */
export function otherEnds({ before, expected, difference }: Change, archive: Archive): LinkEnd[] {
	const { set = {}, remove = [] } = difference.customFields ?? {};
	return [...Object.keys(set).map(Number), ...remove].flatMap((field) => {
		if (!isLink(archive, field)) return [];
		const had = linksIn(before.customFields?.get(field));
		const has = linksIn(expected.customFields?.get(field));
		const changed = new Set([...membersBeside(had, has), ...membersBeside(has, had)]);
		return [...changed].map((to) => ({ field, to }));
	});
}

type States = ReadonlyMap<number, DocumentState>;

/** The links that the server made or dropped at the other ends of a change, by field. */
export function backLinks(
	{ id, before }: Change,
	ends: readonly LinkEnd[],
	earlier: States,
	later: States,
): Map<number, ListDiff> {
	const diffs = new Map<number, ListDiff>();
	for (const [first, ...others] of groupBy(ends, ({ field }) => field)) {
		const { field } = first;
		const linksTo = (state: DocumentState | undefined) =>
			linksIn(state?.customFields?.get(field)).includes(id);
		const linkedBefore = new Set(linksIn(before.customFields?.get(field)));
		const all = [first, ...others].map(({ to }) => to);
		const wasLinked = (to: number) =>
			earlier.has(to) ? linksTo(earlier.get(to)) : linkedBefore.has(to);
		const added = all.filter((to) => linksTo(later.get(to)) && !wasLinked(to));
		const removed = all.filter((to) => later.has(to) && !linksTo(later.get(to)) && wasLinked(to));
		const diff = { added, removed };
		if (!isUnchanged(diff)) diffs.set(field, diff);
	}
	return diffs;
}
