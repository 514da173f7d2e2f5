import type { TrashRow } from '../../../api/trash';
import { isVersionRow } from '../../../api/trash';

/**
 * Milliseconds between the deletion of a document and that of its versions. A server deletes them
 * one after the other; a version that somebody deleted alone is usually older than that.
 */
const deletedTogether = 10_000;

const deletionOf = ({ deleted_at: time }: TrashRow) => Date.parse(time ?? '');

/** The versions of this document in the trash, whenever they were deleted. */
export const versionsOf = (rows: readonly TrashRow[], root: number): TrashRow[] =>
	rows.filter((row) => isVersionRow(row) && row.root_document === root);

/**
 * The versions among `rows` that were deleted with a document that was in the trash `before`.
 * Servers before 3.2 leave them there when the document alone is restored
 * (docs/paperless-api.md#versions-in-the-trash).
 */
export function deletedWith(
	before: readonly TrashRow[],
	rows: readonly TrashRow[],
	root: number,
): TrashRow[] {
	const document = before.find(({ id }) => id === root);
	if (document === undefined) return [];
	return versionsOf(rows, root).filter(
		(version) => Math.abs(deletionOf(version) - deletionOf(document)) <= deletedTogether,
	);
}
