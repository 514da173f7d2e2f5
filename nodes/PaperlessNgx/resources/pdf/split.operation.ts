import { firstCharacters } from '../../../api/firstCharacters';
import { documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { notice } from '../../../toolkit/parameterBuilders';
import { documentTarget } from '../shared/documentTarget';
import { accessUnlessDry, dryRunParameter } from '../shared/dryRun';
import { foreseenOutput } from './foreseenOutput';
import { mixedFields } from './copiedFields';
import type { Pdf } from './loadPdfs';
import { loadPdf } from './loadPdfs';
import type { Making } from './makeDocuments';
import { makeDocuments } from './makeDocuments';
import { pageEdit } from './pageEdit';
import type { PageRange } from './pageRanges';
import { pagesOf, pagesParameter, rangesFrom, rangeText, requireEveryPage } from './pageRanges';
import { waitParameters } from './waitParameters';

type Parts = Pick<Making, 'edit' | 'results'>;

const sizeOf = ({ from, to }: PageRange) => to - from + 1;

/** The method that servers before 3.0 have only. */
const byRanges = ({ id }: Pdf, ranges: readonly PageRange[]): Parts => ({
	edit: (deletes) => ({
		ids: [id],
		edit: {
			method: 'split',
			parameters: { pages: ranges.map(rangeText).join(','), delete_originals: deletes },
		},
	}),
	results: ranges.map((range) => ({
		fileName: `${id}_${range.from}-${range.to}.pdf`,
		pages: sizeOf(range),
	})),
});

/** The server cuts longer titles. */
const longestTitle = 127;

/** The same with the edit of pages, which leaves the title of the original to every part. */
const byPages = (pdf: Pdf, ranges: readonly PageRange[]): Parts => ({
	edit: (deletes) => {
		const operations = ranges.flatMap((range, doc) =>
			pagesOf(range).map((page) => ({ page, doc })),
		);
		return pageEdit(pdf, operations, { deletes });
	},
	results: ranges.map((range, index) => ({
		fileName: `${pdf.id}_edit_${index + 1}.pdf`,
		pages: sizeOf(range),
		title: firstCharacters(`${pdf.title} (split ${index + 1})`, longestTitle),
	})),
});

export const split = defineOperation({
	value: 'split',
	name: 'Split',
	action: 'Split PDF',
	description: 'Create a separate document from each page range of a PDF',
	access: accessUnlessDry,
	destroys: ({ deleteOriginal }) => deleteOriginal,
	parameters: [
		documentParameter,
		pagesParameter,
		{
			displayName: 'Delete Original',
			name: 'deleteOriginal',
			type: 'boolean',
			default: false,
			description:
				'Whether to move the original document to the trash when the new documents are there; needs every page in one of them',
		},
		notice('originalNotice', 'The original goes to the trash once the new documents are there.', {
			dryRun: [false],
			deleteOriginal: [true],
		}),
		dryRunParameter,
		...waitParameters,
	],
	target: documentTarget,
	async execute(context, { document, pages: text, deleteOriginal, dryRun, ...waiting }) {
		const pdf = await loadPdf(context, document);
		const ranges = rangesFrom(text, pdf.pageCount);
		if (deleteOriginal) requireEveryPage(ranges, pdf.pageCount);
		const mixed = await mixedFields(context, pdf, waiting.waitForResult);
		if (dryRun) {
			const results = ranges.map((range) => ({ pages: rangeText(range) }));
			return await foreseenOutput(context, [pdf], { deletes: deleteOriginal }, { results });
		}
		const common = { sources: [pdf], mixed, deletesSources: deleteOriginal };
		// Only who waits can give the parts the titles that an edit of pages does not give them.
		const byRoute = waiting.waitForResult && (await context.api.server()).has('documentRoutes');
		const making: Making = byRoute
			? {
					...common,
					...byPages(pdf, ranges),
					// Without a deletion, whoever may change the document may split it, but not edit its pages.
					...(!deleteOriginal && { otherwise: byRanges(pdf, ranges) }),
				}
			: { ...common, ...byRanges(pdf, ranges) };
		return await makeDocuments(context, making, waiting);
	},
});
