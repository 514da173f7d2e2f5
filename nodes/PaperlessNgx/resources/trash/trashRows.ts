import { grouped } from '../../../api/grouped';
import type { TrashRow } from '../../../api/trash';
import { isVersionRow } from '../../../api/trash';

/**
 * Milliseconds between the deletion of a document and that of its versions. A server deletes them
 * one after the other; a version that somebody deleted alone is usually older than that.
 */
const deletedTogether = 10_000;

const deletionOf = ({ deleted_at: time }: TrashRow) => Date.parse(time ?? '');

/** Rows of the trash, which may be thousands, by their ids. */
export class TrashRows {
	readonly all: readonly TrashRow[];
	private readonly byId: ReadonlyMap<number, TrashRow>;
	private readonly byRoot: ReadonlyMap<unknown, readonly TrashRow[]>;

	constructor(rows: readonly TrashRow[]) {
		this.all = rows;
		this.byId = new Map(rows.map((row) => [row.id, row]));
		this.byRoot = grouped(rows.filter(isVersionRow), ({ root_document }) => root_document);
	}

	get(id: number): TrashRow | undefined {
		return this.byId.get(id);
	}

	/** The versions of this document, whenever they were deleted. */
	versionsOf(root: number): readonly TrashRow[] {
		return this.byRoot.get(root) ?? [];
	}
}

/**
 * The versions among `rows` that were deleted with a document that was in the trash `before`.
 * Servers before 3.2 leave them there when the document alone is restored
 * (docs/paperless-api.md#versions-in-the-trash).
 */
export function deletedWith(before: TrashRows, rows: TrashRows, root: number): TrashRow[] {
	const document = before.get(root);
	if (document === undefined) return [];
	return rows
		.versionsOf(root)
		.filter((version) => Math.abs(deletionOf(version) - deletionOf(document)) <= deletedTogether);
}
