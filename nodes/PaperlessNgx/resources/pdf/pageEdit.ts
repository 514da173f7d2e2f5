import type { PdfEdit } from '../../../api/bulkEdit';
import type { Pdf } from './loadPdfs';

/** An edit and the documents or versions that it is sent for. */
export type SentEdit = { ids: readonly number[]; edit: PdfEdit };

type PageEdit = Extract<PdfEdit, { method: 'edit_pdf' }>['parameters'];

/**
 * An edit that makes one file or several of the listed pages and drops the others. From 3.0 to 3.2
 * the server compares page numbers with the first version of a document; pages of a longer one are
 * therefore taken from that version (docs/paperless-api.md#page-numbers).
 */
export function pageEdit(
	{ id, newestVersion = id, firstPageCount }: Pdf,
	operations: PageEdit['operations'],
	{ keepsId = false, deletes = false }: { keepsId?: boolean; deletes?: boolean },
): SentEdit {
	const isLonger =
		firstPageCount !== undefined && operations.some(({ page }) => page > firstPageCount);
	return {
		// With the id of a version, the server would delete only that version afterwards.
		ids: [isLonger && !deletes ? newestVersion : id],
		edit: {
			method: 'edit_pdf',
			parameters: {
				operations,
				update_document: keepsId,
				include_metadata: true,
				delete_original: deletes,
			},
		},
	};
}
