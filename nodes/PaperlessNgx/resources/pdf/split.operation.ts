import { documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { documentTarget } from '../shared/documentTarget';
import { accessUnlessDry, dryRunParameter } from '../shared/dryRun';
import { foreseenOutput } from './foreseenOutput';
import { loadPdf } from './loadPdfs';
import { makeDocuments } from './makeDocuments';
import { pagesParameter, rangesFrom, rangeText } from './pageRanges';
import { waitParameters } from './waitParameters';

export const split = defineOperation({
	value: 'split',
	name: 'Split',
	action: 'Split PDF',
	description: 'Create a separate document from each page range of a PDF',
	access: accessUnlessDry,
	parameters: [
		documentParameter,
		pagesParameter,
		{
			displayName: 'Delete Original',
			name: 'deleteOriginal',
			type: 'boolean',
			default: false,
			description:
				'Whether to move the original document to the trash when the new documents are there',
		},
		dryRunParameter,
		...waitParameters,
	],
	target: documentTarget,
	async execute(context, { document, pages: text, deleteOriginal, dryRun, ...waiting }) {
		const pdf = await loadPdf(context, document);
		const ranges = rangesFrom(text, pdf.pageCount);
		const pages = ranges.map(rangeText).join(',');
		if (dryRun) {
			const results = ranges.map((range) => ({ pages: rangeText(range) }));
			return await foreseenOutput(context, [pdf], { deletes: deleteOriginal }, { results });
		}
		const making = {
			sources: [pdf],
			edit: (deletes: boolean) => ({
				method: 'split' as const,
				parameters: { pages, delete_originals: deletes },
			}),
			results: ranges.map(({ from, to }) => ({
				fileName: `${pdf.id}_${from}-${to}.pdf`,
				pages: to - from + 1,
			})),
			deletesSources: deleteOriginal,
		};
		return await makeDocuments(context, making, waiting);
	},
});
