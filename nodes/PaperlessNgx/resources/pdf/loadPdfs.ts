import { PaperlessError } from '../../../api/errors';
import type { Document } from '../../../api/schemas/document';
import { documentId } from '../../../documents/documentParameter';
import { documentsById, missingDocument } from '../../../documents/documentsById';
import type { Context } from '../../../toolkit/operation';
import type { Locator } from '../../../toolkit/parameter';

/** A document whose file can be edited as a PDF. */
export type Pdf = {
	id: number;
	/** Undefined when the server does not report it. */
	pageCount: number | undefined;
	/** Undefined before Paperless-ngx 3.0. */
	newestVersion: number | undefined;
};

type Source = {
	/** Whether an archived PDF stands in for an original that is not a PDF. */
	allowsArchive?: boolean;
	/** The parameter that the documents come from. */
	parameter?: string;
};

export const pdfFields = { fields: 'id,mime_type,page_count,archived_file_name,versions' };

export const newestVersionOf = ({ versions }: Document): number | undefined =>
	Array.isArray(versions) ? (versions as Array<{ id: number }>)[0]?.id : undefined;

function pdfFrom(document: Document, { allowsArchive = false, parameter }: Source): Pdf {
	const { id, mime_type, page_count, archived_file_name } = document;
	const hasArchive = Boolean(archived_file_name);
	if (mime_type !== 'application/pdf' && !(allowsArchive && hasArchive)) {
		const hint = hasArchive ? ' “Archive Fallback” would use its archived PDF.' : '';
		throw new PaperlessError('invalid', `Document ${id} is not a PDF`, {
			description: `The type of its file is ${String(mime_type)}.${hint}`,
			parameter,
		});
	}
	return {
		id,
		pageCount: typeof page_count === 'number' ? page_count : undefined,
		newestVersion: newestVersionOf(document),
	};
}

/**
 * Documents in the order of their ids. Throws PaperlessError `notFound` or `invalid` for the first
 * that is missing or not a PDF, because the server skips such documents with 200 OK
 * (docs/paperless-api.md#non-pdf-files).
 */
export async function loadPdfs(
	{ api }: Context,
	ids: readonly number[],
	{ parameter = 'document', ...source }: Source = {},
): Promise<Pdf[]> {
	const documents = await documentsById(api, ids, pdfFields);
	return ids.map((id) => {
		const document = documents.get(id);
		if (document === undefined) throw missingDocument(id, parameter);
		return pdfFrom(document, { ...source, parameter });
	});
}

export async function loadPdf(context: Context, locator: Locator): Promise<Pdf> {
	const id = await documentId(context.api, locator);
	const [pdf] = await loadPdfs(context, [id]);
	if (pdf === undefined) throw missingDocument(id);
	return pdf;
}
