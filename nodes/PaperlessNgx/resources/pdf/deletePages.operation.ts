import { PaperlessError } from '../../../api/errors';
import { documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { documentTarget } from '../shared/documentTarget';
import { changeDocument } from './changeDocument';
import { accessUnlessDry, deletionNotice, dryRunParameter } from '../shared/dryRun';
import { foreseenOutput } from './foreseenOutput';
import type { Pdf } from './loadPdfs';
import { loadPdf } from './loadPdfs';
import type { SentEdit } from './pageEdit';
import { pageEdit } from './pageEdit';
import { pagesOf, pagesParameter, rangesFrom } from './pageRanges';
import { waitParameters } from './waitParameters';

/** Where the number of pages is not known, nor are those that stay. */
function deletionOf(pdf: Pdf, pages: readonly number[], hasRoutes: boolean): SentEdit {
	const { id, pageCount } = pdf;
	if (!hasRoutes || pageCount === undefined)
		return { ids: [id], edit: { method: 'delete_pages', parameters: { pages: [...pages] } } };
	const deleted = new Set(pages);
	const kept = Array.from({ length: pageCount }, (_, index) => index + 1).filter(
		(page) => !deleted.has(page),
	);
	return pageEdit(
		pdf,
		kept.map((page) => ({ page })),
		{ keepsId: true },
	);
}

export const deletePages = defineOperation({
	value: 'deletePages',
	name: 'Delete Pages',
	action: 'Delete pages from PDF',
	description: 'Delete pages from a PDF; before Paperless-ngx 3.0 they cannot be recovered',
	access: accessUnlessDry,
	destroys: () => true,
	parameters: [
		documentParameter,
		pagesParameter,
		deletionNotice(
			'Before Paperless-ngx 3.0 deleted pages cannot be recovered. Later versions keep the file as a version.',
		),
		dryRunParameter,
		...waitParameters,
	],
	target: documentTarget,
	async execute(context, { document, pages: text, dryRun, ...waiting }) {
		const pdf = await loadPdf(context, document);
		const pages = rangesFrom(text, pdf.pageCount).flatMap(pagesOf);
		if (pages.length === pdf.pageCount) {
			throw new PaperlessError('invalid', 'This would delete every page', {
				description: 'Keep at least one page, or delete the document.',
				parameter: 'pages',
			});
		}
		const server = await context.api.server();
		const sent = deletionOf(pdf, pages, server.has('documentRoutes'));
		const left = pdf.pageCount && pdf.pageCount - pages.length;
		if (dryRun) {
			const more = { pages_deleted: pages };
			return await foreseenOutput(context, [pdf], { pages: left, deletes: false }, more);
		}
		return await changeDocument(context, pdf, { sent, pages: left }, waiting);
	},
});
