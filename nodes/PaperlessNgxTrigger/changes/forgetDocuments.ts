import { RangeSet } from '../../events/rangeSet';
import type { DocumentState } from './documentEvent';

const without = (ids: string, gone: readonly number[]): string =>
	RangeSet.parse(ids).without(gone).toString();

/** What is remembered of documents, without those of these ids. */
export function forgetDocuments(
	{ inbox, matching, pictures, unsettled }: DocumentState,
	gone: readonly number[],
): Omit<DocumentState, 'cursor'> {
	const ids = new Set(gone);
	return {
		...(inbox !== undefined && { inbox: without(inbox, gone) }),
		...(matching && { matching: { ...matching, ids: without(matching.ids, gone) } }),
		...(pictures && { pictures: pictures.filter(({ id }) => !ids.has(id)) }),
		...(unsettled && { unsettled: unsettled.filter(({ row }) => !ids.has(row.id)) }),
	};
}
