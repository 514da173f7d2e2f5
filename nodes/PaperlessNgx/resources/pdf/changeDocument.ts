import type { PdfEdit } from '../../../api/bulkEdit';
import { documentsById } from '../../../documents/documentsById';
import type { Context, Output } from '../../../toolkit/operation';
import type { WaitValues } from './awaitDocuments';
import { awaitDocuments, finishedOutput, pendingOutput } from './awaitDocuments';
import type { Pdf } from './loadPdfs';
import { newestVersionOf, pdfFields } from './loadPdfs';

/**
 * Sends an edit of the document itself. Paperless-ngx 2.x changes it before it answers; 3.0 adds a
 * new version later.
 */
export async function changeDocument(
	context: Context,
	{ id, newestVersion }: Pdf,
	edit: PdfEdit,
	{ waitForResult, timeout }: WaitValues,
): Promise<Output[]> {
	const { api } = context;
	await api.documents.bulkEdit([id], edit);
	if (!waitForResult) return pendingOutput([id]);
	if (!(await api.server()).has('documentVersions')) return await finishedOutput(context, [id]);
	const finished = await awaitDocuments(context, timeout, async () => {
		const document = (await documentsById(api, [id], pdfFields)).get(id);
		return document && newestVersionOf(document) !== newestVersion ? [id] : undefined;
	});
	return finished ?? pendingOutput([id]);
}
