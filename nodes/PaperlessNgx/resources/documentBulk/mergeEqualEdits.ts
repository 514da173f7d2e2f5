import type { BulkEdit } from '../../../api/bulkEdit';
import { groupBy } from '../../../toolkit/groupBy';

/** An edit and the ids of the documents that receive it. */
export type DocumentEdit = { ids: readonly number[]; edit: BulkEdit };

/** Equal edits become one edit of all their documents, in the order of first appearance. */
export const mergeEqualEdits = (edits: readonly DocumentEdit[]): DocumentEdit[] =>
	groupBy(edits, ({ edit }) => edit).map((equal) => ({
		ids: equal.flatMap(({ ids }) => ids),
		edit: equal[0].edit,
	}));
