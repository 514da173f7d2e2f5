import { PaperlessError } from '../../../api/errors';
import { documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { documentTarget } from '../shared/documentTarget';
import { changeDocument } from './changeDocument';
import { accessUnlessDry, dryRunParameter } from '../shared/dryRun';
import { foreseenOutput } from './foreseenOutput';
import { loadPdf } from './loadPdfs';
import { pagesOf, pagesParameter, rangesFrom } from './pageRanges';
import { waitParameters } from './waitParameters';

export const deletePages = defineOperation({
	value: 'deletePages',
	name: 'Delete Pages',
	action: 'Delete pages from PDF',
	description: 'Delete pages from a PDF; before Paperless-ngx 3.0 they cannot be recovered',
	access: accessUnlessDry,
	parameters: [documentParameter, pagesParameter, dryRunParameter, ...waitParameters],
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
		const edit = { method: 'delete_pages', parameters: { pages } } as const;
		const left = pdf.pageCount && pdf.pageCount - pages.length;
		if (dryRun) {
			const more = { pages_deleted: pages };
			return await foreseenOutput(context, [pdf], { pages: left, deletes: false }, more);
		}
		return await changeDocument(context, pdf, { edit, pages: left }, waiting);
	},
});
