import { documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { waitParameters } from './awaitDocuments';
import { loadPdf } from './loadPdfs';
import { makeDocuments } from './makeDocuments';
import { pagesParameter, rangesFrom, rangeText } from './pageRanges';

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
			description: 'Whether to move the original document to the trash',
		},
		...waitParameters,
	],
	async execute(context, { document, pages, deleteOriginal, ...waiting }) {
		const { id, pageCount } = await loadPdf(context, document);
		const ranges = rangesFrom(pages, pageCount);
		const parameters = { pages: ranges.map(rangeText).join(','), delete_originals: deleteOriginal };
		const fileNames = ranges.map(({ from, to }) => `${id}_${from}-${to}.pdf`);
		return await makeDocuments(context, [id], { method: 'split', parameters }, fileNames, waiting);
	},
});
