import { documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { documentTarget } from '../shared/documentTarget';
import { loadPdf } from './loadPdfs';
import { makeDocuments } from './makeDocuments';
import { pagesParameter, rangesFrom, rangeText } from './pageRanges';
import { waitParameters } from './waitParameters';

export const split = defineOperation({
	value: 'split',
	name: 'Split',
	action: 'Split PDF',
	description: 'Create a separate document from each page range of a PDF',
	access: 'write',
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
		...waitParameters,
	],
	target: documentTarget,
	async execute(context, { document, pages: text, deleteOriginal, ...waiting }) {
		const pdf = await loadPdf(context, document);
		const ranges = rangesFrom(text, pdf.pageCount);
		const pages = ranges.map(rangeText).join(',');
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
